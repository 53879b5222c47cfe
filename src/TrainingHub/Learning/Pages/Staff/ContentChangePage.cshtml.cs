using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Learning.Pages.Staff;

/// <summary>What an action changes in courses: how public pages show it, which providers were told, its form and its history. At "new" the form of another, of the action "of".</summary>
[ForStaff(StaffRight.ReadProgramme, Act = [StaffRight.RunProgramme])]
internal sealed class ContentChangePageModel(TrainingHubDb db, SaveContentChange save, ArchiveRecord archive, TimeProvider clock) : CheckedWordsPage<ContentChange>(db)
{
    internal sealed record Origin(Guid Id, int Number, string What, string Source, string? Address);

    /// <param name="Slug">Null while visitors do not see the course.</param>
    internal sealed record NamedCourse(string Title, string? Slug);

    internal sealed record NoticeRow(Guid Id, DateTimeOffset SentAt, DateOnly DueOn, bool IsWithdrawn, int All, int Acknowledged)
    {
        public bool IsLateOn(DateOnly today) => !IsWithdrawn && DueOn < today && Acknowledged < All;
    }

    /// <summary>The action of a new one.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid Of { get; set; }

    /// <summary>Filled with what is stored before it is read from the form, so that a field that the form lacks changes nothing.</summary>
    public ContentChangeFacts Form { get; private set; } = new();

    /// <summary>What it comes from; the page is not shown without it.</summary>
    public Origin From => origin ?? throw new InvalidOperationException("There is no action.");

    public IReadOnlyList<SelectListItem> Courses { get; private set; } = [];
    public IReadOnlyList<NamedCourse> Named { get; private set; } = [];
    public IReadOnlyList<NoticeRow> Notices { get; private set; } = [];
    public DateOnly Today { get; } = London.DateOf(clock.GetUtcNow());

    private Origin? origin;

    /// <param name="id"></param>
    /// <param name="version"></param>
    /// <param name="hasLists">The form has the boxes of courses: none ticked then means none.</param>
    /// <param name="ct"></param>
    public async Task<IActionResult> OnPostAsync(string id, int version, bool hasLists, CancellationToken ct)
    {
        if (!await ReadAsync(id, ct))
        {
            return NotFound();
        }

        Form.CourseIds = hasLists ? [] : Form.CourseIds;
        var isRead = await TryUpdateModelAsync(Form, nameof(Form));
        if (!LearningChoices.Has(Courses, Form.CourseIds))
        {
            ModelState.AddModelError("Form.CourseIds", "Select courses from the list");
        }

        Warn(Form.What, Form.PublicWords);
        if (!isRead || !ModelState.IsValid)
        {
            return Page();
        }

        var saved = Record?.Id ?? Key;
        var outcome = Record is null ? await save.AddAsync(saved, From.Id, Form, User.Actor(), ct) : await save.ChangeAsync(saved, version, Form, User.Actor(), ct);
        return await AnswerAsync(outcome, saved, version, Record is null ? "The change is added. Now tell the providers" : "Saved", ct);
    }

    public async Task<IActionResult> OnPostPublishAsync(Guid id, int version, CancellationToken ct) =>
        await PublishedAsync(await save.PublishAsync(id, version, User.Actor(), ct), id, version, "It is on the course pages", ct);

    public async Task<IActionResult> OnPostTakeOffAsync(Guid id, int version, CancellationToken ct) =>
        await PublishedAsync(await save.TakeOffAsync(id, version, User.Actor(), ct), id, version, "It is off the course pages", ct);

    public async Task<IActionResult> OnPostArchiveAsync(Guid id, int version, CancellationToken ct)
    {
        if (await Db.ContentChanges.AnyAsync(change => change.Id == id && change.PublishedAt != null, ct))
        {
            return await ReadAsync($"{id}", ct) ? Refuse("", "Take it off the course pages first") : NotFound();
        }

        return await ActedAsync(await archive.ArchiveAsync<ContentChange>(id, version, User.Actor(), ct), id, version, "Archived", ct);
    }

    public async Task<IActionResult> OnPostRestoreAsync(Guid id, int version, CancellationToken ct) =>
        await ActedAsync(await archive.RestoreAsync<ContentChange>(id, version, User.Actor(), ct), id, version, "In use again", ct);

    protected override string UrlOf(Guid id) => LearningUrls.Change(id);

    protected override PageResult RefuseName() => throw new InvalidOperationException("A change has no name.");

    protected override async Task<bool> ReadAsync(string id, CancellationToken ct) => await base.ReadAsync(id, ct) && origin is not null;

    protected override async Task ShowAsync(ContentChange? found, CancellationToken ct)
    {
        var of = found?.ActionId ?? Of;
        origin = await (
            from action in Db.LearningActions
            join one in Db.Recommendations on action.RecommendationId equals one.Id
            join source in Db.LearningSources on one.SourceId equals source.Id
            where action.Id == of
            select new Origin(action.Id, action.Number, action.What, source.Title, source.Address)).SingleOrDefaultAsync(ct);
        Courses = await LearningChoices.CoursesAsync(Db, found?.CourseIds ?? [], ct);
        if (found is null)
        {
            return;
        }

        Form = ContentChangeFacts.Of(found);
        Named = await Db.Courses.AsNoTracking().Where(course => found.CourseIds.Contains(course.Id)).OrderBy(course => course.Title)
            .Select(course => new NamedCourse(course.Title, !course.IsDraft && course.ArchivedAt == null ? course.Slug : null)).ToListAsync(ct);
        Notices = await Db.ContentNotices.AsNoTracking().Where(notice => notice.ChangeId == found.Id).OrderByDescending(notice => notice.SentAt)
            .Select(notice => new NoticeRow(
                notice.Id, notice.SentAt, notice.DueOn, notice.WithdrawnAt != null,
                Db.ProviderNotices.Count(one => one.NoticeId == notice.Id), Db.ProviderNotices.Count(one => one.NoticeId == notice.Id && one.AcknowledgedAt != null)))
            .ToListAsync(ct);
    }

    private async Task<IActionResult> PublishedAsync(PublishOutcome outcome, Guid id, int version, string done, CancellationToken ct) => outcome switch
    {
        PublishOutcome.Done => await ActedAsync(EditOutcome.Saved, id, version, done, ct),
        PublishOutcome.ChangedSince => await ActedAsync(EditOutcome.ChangedSince, id, version, done, ct),
        PublishOutcome.Unknown => NotFound(),
        PublishOutcome.NoWords => await ReadAsync($"{id}", ct) ? Refuse("Form.PublicWords", "Enter words for the public course page first") : NotFound(),
    };
}

using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Learning.Pages.Staff;

/// <summary>One action: how it stands, what it changes, what was minuted, its form and its history. At "new" the form of another, on the recommendation "of".</summary>
[ForStaff(StaffRight.ReadProgramme, Act = [StaffRight.RunProgramme])]
internal sealed class ActionPageModel(TrainingHubDb db, SaveAction save, ArchiveRecord archive, TimeProvider clock) : CheckedWordsPage<LearningAction>(db)
{
    internal sealed record Origin(Guid RecommendationId, string Number, string Text, Guid SourceId, string Source);

    internal sealed record ChangeRow(Guid Id, string What, DateOnly FromOn, string? Courses, bool IsShown);

    internal sealed record MinuteRow(Guid Meeting, DateOnly HeldOn, string? Words);

    /// <summary>The recommendation of a new one.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid Of { get; set; }

    /// <summary>Filled with what is stored before it is read from the form, so that a field that the form lacks changes nothing.</summary>
    public ActionFacts Form { get; private set; } = new();

    /// <summary>What it is done about; the page is not shown without it.</summary>
    public Origin From => origin ?? throw new InvalidOperationException("There is no recommendation.");

    public IReadOnlyList<ChangeRow> Changes { get; private set; } = [];
    public IReadOnlyList<MinuteRow> Minutes { get; private set; } = [];
    public IReadOnlyList<SelectListItem> Colleagues { get; private set; } = [];
    public DateOnly Today { get; } = London.DateOf(clock.GetUtcNow());

    private Origin? origin;

    public async Task<IActionResult> OnPostAsync(string id, int version, CancellationToken ct)
    {
        if (!await ReadAsync(id, ct))
        {
            return NotFound();
        }

        var isRead = await TryUpdateModelAsync(Form, nameof(Form));
        if (Form.OwnerId is { } owner && !Colleagues.Any(item => item.Value == $"{owner}"))
        {
            ModelState.AddModelError("Form.OwnerId", "Select a colleague from the list");
        }

        Warn(Form.What, Form.Note);
        if (!isRead || !ModelState.IsValid)
        {
            return Page();
        }

        var saved = Record?.Id ?? Key;
        var outcome = Record is null ? await save.AddAsync(saved, From.RecommendationId, Form, User.Actor(), ct) : await save.ChangeAsync(saved, version, Form, User.Actor(), ct);
        return await AnswerAsync(outcome, saved, version, Record is null ? "The action is added" : "Saved", ct);
    }

    public async Task<IActionResult> OnPostArchiveAsync(Guid id, int version, CancellationToken ct) =>
        await ActedAsync(await archive.ArchiveAsync<LearningAction>(id, version, User.Actor(), ct), id, version, "Archived", ct);

    public async Task<IActionResult> OnPostRestoreAsync(Guid id, int version, CancellationToken ct) =>
        await ActedAsync(await archive.RestoreAsync<LearningAction>(id, version, User.Actor(), ct), id, version, "In use again", ct);

    protected override string UrlOf(Guid id) => LearningUrls.Action(id);

    protected override PageResult RefuseName() => throw new InvalidOperationException("An action has no name.");

    protected override async Task<bool> ReadAsync(string id, CancellationToken ct) => await base.ReadAsync(id, ct) && origin is not null;

    protected override async Task ShowAsync(LearningAction? found, CancellationToken ct)
    {
        var of = found?.RecommendationId ?? Of;
        origin = await (
            from one in Db.Recommendations
            join source in Db.LearningSources on one.SourceId equals source.Id
            where one.Id == of
            select new Origin(one.Id, one.Number, one.Text, source.Id, source.Title)).SingleOrDefaultAsync(ct);
        Colleagues = await LearningChoices.ColleaguesAsync(Db, found?.OwnerId, ct);
        if (found is null)
        {
            return;
        }

        Form = ActionFacts.Of(found);
        var names = await LearningNames.ReadAsync(Db, ct);
        Changes = (await Db.ContentChanges.AsNoTracking().Where(change => change.ActionId == found.Id && change.ArchivedAt == null).OrderBy(change => change.FromOn).ThenBy(change => change.Id).ToListAsync(ct))
            .ConvertAll(change => new ChangeRow(change.Id, change.What, change.FromOn, LearningWords.Names(change.CourseIds, names), change.PublishedAt is not null));
        Minutes = await (
            from minute in Db.MeetingMinutes
            join meeting in Db.LearningMeetings on minute.MeetingId equals meeting.Id
            where minute.ActionId == found.Id && minute.Words != null && meeting.State == MeetingState.Closed
            orderby meeting.HeldOn descending, meeting.ClosedAt descending
            select new MinuteRow(meeting.Id, meeting.HeldOn, minute.Words)).Take(24).ToListAsync(ct);
    }
}

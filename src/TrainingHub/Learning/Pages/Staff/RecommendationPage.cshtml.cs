using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Learning.Pages.Staff;

/// <summary>One recommendation: what is done about it, its form, and what was done to it. At "new" the form of another, of the source "of".</summary>
[ForStaff(StaffRight.ReadProgramme, Act = [StaffRight.RunProgramme])]
internal sealed class RecommendationPageModel(TrainingHubDb db, SaveRecommendation save, ArchiveRecord archive, TimeProvider clock) : CheckedWordsPage<Recommendation>(db)
{
    /// <summary>The source of a new one.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid Of { get; set; }

    /// <summary>Filled with what is stored before it is read from the form, so that a field that the form lacks changes nothing.</summary>
    public RecommendationFacts Form { get; private set; } = new();

    /// <summary>The page is not shown without it.</summary>
    public LearningSource Source => source ?? throw new InvalidOperationException("There is no source.");

    private LearningSource? source;
    public IReadOnlyList<ActionRow> Actions { get; private set; } = [];
    public DateOnly Today { get; } = London.DateOf(clock.GetUtcNow());

    public async Task<IActionResult> OnPostAsync(string id, int version, CancellationToken ct)
    {
        if (!await ReadAsync(id, ct))
        {
            return NotFound();
        }

        var isRead = await TryUpdateModelAsync(Form, nameof(Form));
        Warn(Form.Text);
        if (!isRead || !ModelState.IsValid)
        {
            return Page();
        }

        var saved = Record?.Id ?? Key;
        var outcome = Record is null ? await save.AddAsync(saved, Source.Id, Form, User.Actor(), ct) : await save.ChangeAsync(saved, version, Form, User.Actor(), ct);
        return await AnswerAsync(outcome, saved, version, Record is null ? "The recommendation is added. Now say what is done about it" : "Saved", ct);
    }

    public async Task<IActionResult> OnPostArchiveAsync(Guid id, int version, CancellationToken ct) =>
        await ActedAsync(await archive.ArchiveAsync<Recommendation>(id, version, User.Actor(), ct), id, version, "Archived", ct);

    public async Task<IActionResult> OnPostRestoreAsync(Guid id, int version, CancellationToken ct) =>
        await ActedAsync(await archive.RestoreAsync<Recommendation>(id, version, User.Actor(), ct), id, version, "In use again", ct);

    protected override string UrlOf(Guid id) => LearningUrls.Recommendation(id);

    protected override PageResult RefuseName() => Refuse("Form.Number", "The source has another recommendation with this number");

    protected override async Task<bool> ReadAsync(string id, CancellationToken ct) => await base.ReadAsync(id, ct) && source is not null;

    protected override async Task ShowAsync(Recommendation? found, CancellationToken ct)
    {
        var of = found?.SourceId ?? Of;
        source = await Db.LearningSources.AsNoTracking().SingleOrDefaultAsync(one => one.Id == of, ct);
        if (found is null)
        {
            return;
        }

        Form = RecommendationFacts.Of(found);
        Actions = await ActionRow.ReadAsync(Db, Db.LearningActions.AsNoTracking().Where(action => action.RecommendationId == found.Id && action.ArchivedAt == null), most: 100, ct);
    }
}

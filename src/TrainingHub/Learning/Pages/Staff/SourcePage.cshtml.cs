using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Learning.Pages.Staff;

/// <summary>One source: its recommendations, its form, and what was done to it. At "new" the form of another.</summary>
[ForStaff(StaffRight.ReadProgramme, Act = [StaffRight.RunProgramme])]
internal sealed class SourcePageModel(TrainingHubDb db, SaveSource save, ArchiveRecord archive) : CheckedWordsPage<LearningSource>(db)
{
    internal sealed record Row(Guid Id, string Number, string Text, TrainingEffect Effect, int Actions);

    /// <summary>Filled with what is stored before it is read from the form, so that a field that the form lacks changes nothing.</summary>
    public SourceFacts Form { get; private set; } = new();

    public IReadOnlyList<Row> Recommendations { get; private set; } = [];
    public IReadOnlyList<SelectListItem> Areas { get; private set; } = [];
    public IReadOnlyList<SelectListItem> Themes { get; private set; } = [];
    public IReadOnlyList<SelectListItem> Priorities { get; private set; } = [];

    /// <param name="id"></param>
    /// <param name="version"></param>
    /// <param name="hasLists">The form has the boxes of themes and priorities: none ticked then means none.</param>
    /// <param name="ct"></param>
    public async Task<IActionResult> OnPostAsync(string id, int version, bool hasLists, CancellationToken ct)
    {
        if (!await ReadAsync(id, ct))
        {
            return NotFound();
        }

        (Form.ThemeIds, Form.PriorityIds) = hasLists ? ([], []) : (Form.ThemeIds, Form.PriorityIds);
        var isRead = await TryUpdateModelAsync(Form, nameof(Form));
        if (Form.AreaId is { } area && !Areas.Any(item => item.Value == $"{area}"))
        {
            ModelState.AddModelError("Form.AreaId", "Select an area from the list");
        }

        if (!LearningChoices.Has(Themes, Form.ThemeIds) || !LearningChoices.Has(Priorities, Form.PriorityIds))
        {
            ModelState.AddModelError("Form.ThemeIds", "Select themes and priorities from the lists");
        }

        Warn(Form.Title, Form.PublicWords, Form.Note);
        if (!isRead || !ModelState.IsValid)
        {
            return Page();
        }

        var saved = Record?.Id ?? Key;
        var outcome = Record is null ? await save.AddAsync(saved, Form, User.Actor(), ct) : await save.ChangeAsync(saved, version, Form, User.Actor(), ct);
        return await AnswerAsync(outcome, saved, version, Record is null ? "The source is added. Now add its recommendations" : "Saved", ct);
    }

    public async Task<IActionResult> OnPostArchiveAsync(Guid id, int version, CancellationToken ct) =>
        await ActedAsync(await archive.ArchiveAsync<LearningSource>(id, version, User.Actor(), ct), id, version, "Archived", ct);

    public async Task<IActionResult> OnPostRestoreAsync(Guid id, int version, CancellationToken ct) =>
        await ActedAsync(await archive.RestoreAsync<LearningSource>(id, version, User.Actor(), ct), id, version, "In use again", ct);

    protected override string UrlOf(Guid id) => LearningUrls.Source(id);

    protected override PageResult RefuseName() => Refuse("Form.Title", "Another source has this title");

    protected override async Task ShowAsync(LearningSource? found, CancellationToken ct)
    {
        Areas = await Db.Areas.OrderBy(area => area.SortOrder).Select(area => new SelectListItem(area.LongName, area.Id.ToString())).ToListAsync(ct);
        Themes = await LearningChoices.ThemesAsync(Db, found?.ThemeIds ?? [], ct);
        Priorities = await LearningChoices.PrioritiesAsync(Db, found?.PriorityIds ?? [], ct);
        if (found is null)
        {
            return;
        }

        Form = SourceFacts.Of(found);
        // 2 before 10.
        Recommendations = await Db.Recommendations.AsNoTracking().Where(one => one.SourceId == found.Id && one.ArchivedAt == null)
            .OrderBy(one => one.Number.Length).ThenBy(one => one.Number)
            .Select(one => new Row(one.Id, one.Number, one.Text, one.Effect, Db.LearningActions.Count(action => action.RecommendationId == one.Id && action.ArchivedAt == null)))
            .ToListAsync(ct);
    }
}

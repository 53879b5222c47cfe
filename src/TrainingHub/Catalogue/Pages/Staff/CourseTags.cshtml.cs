using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Catalogue.Pages.Staff;

/// <summary>What visitors read for each tag of the offer.</summary>
[ForStaff(StaffRight.ReadProgramme, Act = [StaffRight.RunProgramme])]
internal sealed class CourseTagsModel(TrainingHubDb db, SaveTagWords save) : PageModel
{
    private const int Most = 100;

    /// <param name="Words">As typed, or as stored; empty is the tag itself.</param>
    internal sealed record Row(string Tag, string Before, string Words, int Courses)
    {
        public string? Error => Words.Length > CourseTag.WordsLength ? $"What visitors read for “{Tag}” must be {CourseTag.WordsLength} characters or fewer" : null;
    }

    public IReadOnlyList<Row> Rows { get; private set; } = [];
    public IReadOnlyList<HistoryEntry> History { get; private set; } = [];

    public Task OnGetAsync(CancellationToken ct) => ReadAsync(ct);

    public async Task<IActionResult> OnPostAsync(string[] tag, string[] before, string[] words, CancellationToken ct)
    {
        await ReadAsync(ct);
        if (tag.Length != before.Length || tag.Length != words.Length)
        {
            return BadRequest();
        }

        List<TagEdit> edits = [.. tag.Zip(before, words).Select(typed => new TagEdit(typed.First, typed.Second ?? "", (typed.Third ?? "").Trim()))];
        Rows = [.. Rows.Select(row => edits.Find(edit => edit.Tag == row.Tag) is { } typed ? row with { Words = typed.Words } : row)];

        // Many fields have one name: each is shown again from its row.
        ModelState.Clear();
        for (var number = 0; number < Rows.Count; number++)
        {
            if (Rows[number].Error is { } error)
            {
                ModelState.AddModelError($"words-{number}", error);
            }
        }

        if (!ModelState.IsValid)
        {
            return Page();
        }

        if (await save.RunAsync(edits, User.Actor(), ct) == EditOutcome.ChangedSince)
        {
            ModelState.AddModelError("", "Somebody else changed one of these while you had them open. Nothing of yours is saved yet. Look at the history below, then save again to keep what stands in the form");
            return Page();
        }

        TempData["Success"] = "Saved";
        return Redirect(CatalogueUrls.StaffTags);
    }

    private async Task ReadAsync(CancellationToken ct)
    {
        Rows = await db.Courses.Where(course => course.Tag != null)
            .GroupBy(course => course.Tag ?? "")
            .OrderBy(tag => tag.Key).Take(Most)
            .Select(tag => new Row(
                tag.Key,
                db.CourseTags.Where(known => known.Tag == tag.Key).Select(known => known.Words).FirstOrDefault() ?? "",
                db.CourseTags.Where(known => known.Tag == tag.Key).Select(known => known.Words).FirstOrDefault() ?? "",
                tag.Count()))
            .ToListAsync(ct);
        History = await HistoryEntry.OfAsync<CourseTag>(db, SaveTagWords.RecordId, ct);
    }
}

using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Surveys.Pages.Staff;

/// <summary>The list of words as one text, a line for each. Saved as a whole.</summary>
[ForStaff(StaffRight.ReadComments)]
internal sealed class WorryWordsModel(TrainingHubDb db, SaveWorryWords save) : PageModel
{
    [BindProperty]
    [Display(Name = "Words, beginnings of words and phrases", Description = "One a line.")]
    public string? Phrases { get; set; }

    [BindProperty]
    public int Version { get; set; }

    public IReadOnlyList<HistoryEntry> History { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct)
    {
        Version = await SaveWorryWords.VersionAsync(db, ct);
        Phrases = string.Join('\n', await db.WorryWords.OrderBy(word => word.Phrase).Select(word => word.Phrase).ToListAsync(ct));
        await ReadHistoryAsync(ct);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        List<string> lines = [.. (Phrases ?? "").Split('\n').Select(Tidy).Where(line => line.Length > 0).DistinctBy(PersonKey.NameOf)];
        var wrong = lines.Find(line => line.Length > WorryWord.PhraseLength || line.Count(char.IsAsciiLetterOrDigit) < 2);
        if (wrong is not null || lines.Count is 0 or > WorryWord.Most)
        {
            ModelState.AddModelError(nameof(Phrases), wrong is null
                ? $"Enter from 1 to {WorryWord.Most} words or phrases, one a line"
                : $"“{(wrong.Length > 30 ? wrong[..30] + "…" : wrong)}” must have from 2 letters to {WorryWord.PhraseLength} characters");
        }
        else if (await save.RunAsync(lines, Version, User.Actor(), ct) == WordsResult.ChangedSince)
        {
            ModelState.AddModelError(nameof(Phrases), "Somebody else saved the list while you had it open. Nothing of yours is saved. Copy what you added, open the page again and add it there");
        }

        if (!ModelState.IsValid)
        {
            await ReadHistoryAsync(ct);
            return Page();
        }

        TempData["Success"] = "Saved";
        return LocalRedirect("~" + SurveyUrls.Words);
    }

    private async Task ReadHistoryAsync(CancellationToken ct) => History = await HistoryEntry.OfAsync<WorryWord>(db, SaveWorryWords.RecordId, ct);

    private static string Tidy(string line) => string.Join(' ', line.ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}

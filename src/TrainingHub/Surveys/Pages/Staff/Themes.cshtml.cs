using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Surveys.Pages.Staff;

internal sealed class ThemeForm
{
    public Guid Id { get; set; }
    public int Version { get; set; }

    [Display(Name = "Theme"), Required(ErrorMessage = "Enter what the theme is called"), StringLength(CommentTheme.NameLength, ErrorMessage = "The theme must be {1} characters or fewer")]
    public string? Name { get; set; }

    [Display(Name = "When does a comment have it?", Description = "In a sentence, so that two readers code alike.")]
    [Required(ErrorMessage = "Enter when a comment has it"), StringLength(CommentTheme.DescriptionLength, ErrorMessage = "When a comment has it must be {1} characters or fewer")]
    public string? Description { get; set; }
}

/// <summary>The code frame: all themes and one more, or one of them.</summary>
[ForStaff(StaffRight.ReadComments)]
internal sealed class ThemesModel(TrainingHubDb db, KeepThemes keep) : PageModel
{
    public Guid? Id { get; private set; }

    [BindProperty]
    public ThemeForm Form { get; set; } = new();

    public bool IsArchived { get; private set; }
    public IReadOnlyList<CommentTheme> Themes { get; private set; } = [];
    public IReadOnlyList<HistoryEntry> History { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(Guid? id, CancellationToken ct)
    {
        if (!await ReadAsync(id, ct))
        {
            return NotFound();
        }

        Form = Themes.FirstOrDefault(theme => theme.Id == id) is { } known
            ? new() { Id = known.Id, Version = known.Version, Name = known.Name, Description = known.Description }
            : new() { Id = Guid.NewGuid() };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid? id, string? act, CancellationToken ct)
    {
        if (!await ReadAsync(id, ct))
        {
            return NotFound();
        }

        if (id is { } changed && act is ("archive" or "restore"))
        {
            TempData["Success"] = await keep.ArchiveAsync(changed, act == "archive", User.Actor(), ct) ? (act == "archive" ? "Archived" : "Offered again") : "Nothing has changed";
            return LocalRedirect("~" + SurveyUrls.Themes);
        }

        if (!ModelState.IsValid)
        {
            return Page();
        }

        var refused = await keep.SaveAsync(id ?? Form.Id, Form.Version, Form.Name!.Trim(), Form.Description!.Trim(), User.Actor(), ct) switch
        {
            ThemeResult.Saved => null,
            ThemeResult.NameTaken => "There is a theme with this name",
            ThemeResult.ChangedSince => id is null ? "This theme was added a moment ago" : "Somebody else changed this theme while you had it open. Nothing of yours is saved: open it again",
        };
        if (refused is not null)
        {
            ModelState.AddModelError("Form.Name", refused);
            return Page();
        }

        TempData["Success"] = id is null ? "Added" : "Saved";
        return LocalRedirect("~" + SurveyUrls.Themes);
    }

    private async Task<bool> ReadAsync(Guid? id, CancellationToken ct)
    {
        Id = id;
        Themes = await db.CommentThemes.AsNoTracking().OrderBy(theme => theme.ArchivedAt != null).ThenBy(theme => theme.Name).ToListAsync(ct);
        if (id is not { } known)
        {
            return true;
        }

        IsArchived = Themes.Any(theme => theme.Id == known && theme.ArchivedAt is not null);
        History = await HistoryEntry.OfAsync<CommentTheme>(db, known, ct);
        return Themes.Any(theme => theme.Id == known);
    }
}

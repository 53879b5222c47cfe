using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;
using TrainingHub.Platform.Files;
using TrainingHub.Platform.Web;

namespace TrainingHub.Catalogue.Pages.Staff;

/// <summary>What visitors type and what answers it.</summary>
[ForStaff(StaffRight.ReadProgramme, Act = [StaffRight.RunProgramme])]
internal sealed class SearchMeaningsModel(TrainingHubDb db) : PageModel
{
    internal sealed record Row(Guid Id, string Name, string Typed, string Courses, string? Says);

    /// <summary>Words of the meaning, of what is typed or of a course; null is all.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Words { get; set; }

    /// <summary>"archived", else those in use.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Show { get; set; }

    /// <summary>"name", or "-name" for the opposite order.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Sort { get; set; }

    public static IReadOnlyList<SelectListItem> Choices { get; } = [new("In use", ""), new("Archived", "archived")];

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        var isArchived = Show == "archived";
        var titles = await db.Courses.ToDictionaryAsync(course => course.Id, course => course.Title, ct);
        var meanings = await db.SearchMeanings.AsNoTracking().Where(meaning => meaning.ArchivedAt != null == isArchived)
            .OrderBy(meaning => meaning.Name).Take(ListFile.MostRows).ToListAsync(ct);
        var rows = meanings.Select(meaning => new Row(
            meaning.Id, meaning.Name, string.Join(", ", meaning.Typed),
            string.Join(", ", meaning.Courses.Where(titles.ContainsKey).Select(course => titles[course])), meaning.Says));
        var wanted = TypedWords.Tidy(Words ?? "");
        Rows = [.. rows.Where(row => TypedWords.TidyAll($"{row.Name} {row.Typed} {row.Courses} {row.Says}").Contains(wanted, StringComparison.Ordinal))];
        if (Sort == "-name")
        {
            Rows = [.. Rows.Reverse()];
        }

        return ListFile.IsWanted(Request) ? await ListFile.AnswerAsync(Request, "search-words", FileOf(Rows), ct) : Page();
    }

    private static TextTable FileOf(IEnumerable<Row> rows) => new(
        ["meaning", "typed", "courses", "sentence"], [.. rows.Select(row => new[] { row.Name, row.Typed, row.Courses, row.Says ?? "" })]);
}

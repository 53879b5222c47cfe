using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;
using TrainingHub.Platform.Files;
using TrainingHub.Platform.Web;

namespace TrainingHub.Catalogue.Pages.Staff;

/// <summary>Toolkits, briefings and guidance that visitors are shown.</summary>
[ForStaff(StaffRight.ReadProgramme, Act = [StaffRight.RunProgramme])]
internal sealed class StaffResourcesModel(TrainingHubDb db) : PageModel
{
    internal sealed record Row(Guid Id, string Title, ResourceKind Kind, string? Area, string? Url, int Courses);

    /// <summary>"archived", else those that visitors see.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Show { get; set; }

    public static IReadOnlyList<SelectListItem> Choices { get; } = [new("Shown to visitors", ""), new("Archived", "archived")];

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        var isArchived = Show == "archived";
        Rows = await db.Resources.AsNoTracking().Where(one => one.ArchivedAt != null == isArchived).OrderBy(one => one.Title)
            .Select(one => new Row(
                one.Id, one.Title, one.Kind, db.Areas.Where(area => area.Id == one.AreaId).Select(area => area.Name).FirstOrDefault(), one.Url,
                db.ResourceCourses.Count(taught => taught.ResourceId == one.Id)))
            .Take(ListFile.MostRows).ToListAsync(ct);
        return ListFile.IsWanted(Request) ? await ListFile.AnswerAsync(Request, "resources", FileOf(Rows), ct) : Page();
    }

    private static TextTable FileOf(IEnumerable<Row> rows) => new(
        ["title", "kind", "area", "address", "courses"], [.. rows.Select(row => new[] { row.Title, row.Kind.ToString(), row.Area ?? "", row.Url ?? "", $"{row.Courses}" })]);
}

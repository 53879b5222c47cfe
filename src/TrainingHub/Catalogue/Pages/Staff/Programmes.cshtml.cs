using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;
using TrainingHub.Platform.Files;
using TrainingHub.Platform.Web;

namespace TrainingHub.Catalogue.Pages.Staff;

/// <summary>The programmes of modules, with the coming dates of each.</summary>
[ForStaff(StaffRight.ReadProgramme, Act = [StaffRight.RunProgramme])]
internal sealed class ProgrammesModel(TrainingHubDb db, TimeProvider clock) : PageModel
{
    public const int Most = 200;
    public const int QueryLength = 100;

    internal sealed record Row(Guid Id, string Title, IReadOnlyList<string> Modules, int Coming, DateOnly? NextOn);

    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    /// <summary>"archived", else those in use.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Show { get; set; }

    /// <summary>"title" or "coming", with a hyphen before it for the opposite order.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Sort { get; set; }

    public static IReadOnlyList<SelectListItem> Choices { get; } = [new("In use", ""), new("Archived", "archived")];

    public bool AreArchived => Show == "archived";

    public bool IsFiltered => Q is not null || AreArchived;

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    /// <summary>Of which the first are shown.</summary>
    public int Total { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var programmes = db.Programmes.AsNoTracking().Where(programme => programme.ArchivedAt != null == AreArchived);
        if (Q is { Length: <= QueryLength } words)
        {
            var part = Likeness.Part(words);
            programmes = programmes.Where(programme => EF.Functions.ILike(programme.Title, part)
                || db.Courses.Any(course => course.ProgrammeId == programme.Id && EF.Functions.ILike(course.Title, part)));
        }

        var coming = from run in DateLines.Coming(db, now) join course in db.Courses on run.CourseId equals course.Id select new { run.RunsOn, course.ProgrammeId };
        var rows = Ordered(await programmes
            .OrderBy(programme => programme.Title).ThenBy(programme => programme.Id).Take(ListFile.MostRows)
            .Select(programme => new Row(
                programme.Id, programme.Title,
                db.Courses.Where(course => course.ProgrammeId == programme.Id).OrderBy(course => course.ModuleNumber).Select(course => course.Title).ToList(),
                coming.Count(run => run.ProgrammeId == programme.Id),
                coming.Where(run => run.ProgrammeId == programme.Id).Min(run => (DateOnly?)run.RunsOn)))
            .ToListAsync(ct));
        if (ListFile.IsWanted(Request))
        {
            return await ListFile.AnswerAsync(Request, "programmes", FileOf(rows), ct);
        }

        (Total, Rows) = (rows.Count, [.. rows.Take(Most)]);
        return Page();
    }

    private List<Row> Ordered(List<Row> rows) => Sort switch
    {
        "-title" => [.. rows.AsEnumerable().Reverse()],
        "coming" => [.. rows.OrderBy(row => row.Coming)],
        "-coming" => [.. rows.OrderByDescending(row => row.Coming)],
        _ => rows,
    };

    private static TextTable FileOf(IEnumerable<Row> rows) => new(
        ["programme", "modules", "coming_dates", "next_date"],
        [.. rows.Select(row => new[] { row.Title, string.Join("; ", row.Modules), row.Coming.ToString(CultureInfo.InvariantCulture), row.NextOn?.ToString("O", CultureInfo.InvariantCulture) ?? "" })]);
}

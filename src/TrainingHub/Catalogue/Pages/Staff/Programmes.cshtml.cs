using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;
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

    public static IReadOnlyList<SelectListItem> Choices { get; } = [new("In use", ""), new("Archived", "archived")];

    public bool AreArchived => Show == "archived";

    public bool IsFiltered => Q is not null || AreArchived;

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct)
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
        Rows = await programmes
            .OrderBy(programme => programme.Title).ThenBy(programme => programme.Id).Take(Most)
            .Select(programme => new Row(
                programme.Id, programme.Title,
                db.Courses.Where(course => course.ProgrammeId == programme.Id).OrderBy(course => course.ModuleNumber).Select(course => course.Title).ToList(),
                coming.Count(run => run.ProgrammeId == programme.Id),
                coming.Where(run => run.ProgrammeId == programme.Id).Min(run => (DateOnly?)run.RunsOn)))
            .ToListAsync(ct);
    }
}

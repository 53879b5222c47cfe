using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.Platform.Web;

namespace TrainingHub.Catalogue.Pages;

/// <summary>Toolkits, briefings and guidance with the courses in which they are taught.</summary>
[OutputCache(PolicyName = PublicPages.Policy)]
internal sealed class ResourcesModel(TrainingHubDb db, IOptions<SiteOptions> site) : PageModel
{
    internal sealed record TaughtIn(string Slug, string Title);

    internal sealed record Row(ResourceKind Kind, string Title, string? Summary, string? Url, string? Area, IReadOnlyList<TaughtIn> Courses);

    public IReadOnlyList<Row> Rows { get; private set; } = [];
    public SiteOptions Site => site.Value;

    public async Task OnGetAsync(CancellationToken ct)
    {
        var rows = await db.Resources.AsNoTracking().Where(one => one.ArchivedAt == null).OrderBy(one => one.Title)
            .Select(one => new Row(
                one.Kind, one.Title, one.Summary, one.Url,
                db.Areas.Where(area => area.Id == one.AreaId).Select(area => area.LongName).FirstOrDefault(),
                db.Courses.Where(Course.IsPublic).Where(course => db.ResourceCourses.Any(taught => taught.ResourceId == one.Id && taught.CourseId == course.Id))
                    .OrderBy(course => course.Title).Select(course => new TaughtIn(course.Slug, course.Title)).ToList()))
            .Take(ListFile.MostRows).ToListAsync(ct);
        Rows = [.. rows.OrderBy(row => row.Kind)];
    }
}

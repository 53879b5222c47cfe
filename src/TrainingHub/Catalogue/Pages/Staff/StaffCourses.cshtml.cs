using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace TrainingHub.Catalogue.Pages.Staff;

/// <summary>Coming dates and their places; past dates are counted, their attendance is the reports' matter.</summary>
internal sealed record StaffCourse(
    Guid Id, string Slug, string Title, bool IsOffered, int Coming, int Taken, int Capacity, DateOnly? NextOn, int Past,
    IReadOnlyList<string> OtherTitles);

internal sealed class StaffCoursesModel(TrainingHubDb db, TimeProvider clock) : PageModel
{
    public IReadOnlyList<StaffCourse> Offered { get; private set; } = [];
    public IReadOnlyList<StaffCourse> Others { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var courses = await db.Courses
            .OrderBy(course => course.OfferOrder == null).ThenBy(course => course.OfferOrder).ThenBy(course => course.ModuleNumber).ThenBy(course => course.Title)
            .Select(course => new { course.Id, course.Slug, course.Title, IsOffered = course.OfferOrder != null })
            .ToListAsync(ct);
        var titles = (await db.CourseTitles.OrderBy(title => title.Title).Select(title => new { title.CourseId, title.Title }).ToListAsync(ct))
            .ToLookup(title => title.CourseId, title => title.Title);
        var dates = await (
            from run in DateLines.Coming(db, now).Concat(DateLines.Delivered(db, now))
            group run by new { run.CourseId, IsComing = run.StartsAt > now } into runs
            select new
            {
                runs.Key.CourseId,
                runs.Key.IsComing,
                Count = runs.Count(),
                Taken = runs.Sum(run => run.PlacesTaken),
                Capacity = runs.Sum(run => run.Capacity),
                First = runs.Min(run => run.RunsOn),
            }).ToListAsync(ct);
        var coming = dates.Where(runs => runs.IsComing).ToDictionary(runs => runs.CourseId);
        var past = dates.Where(runs => !runs.IsComing).ToDictionary(runs => runs.CourseId, runs => runs.Count);
        var lines = courses.Select(course =>
        {
            var next = coming.GetValueOrDefault(course.Id);
            return new StaffCourse(
                course.Id, course.Slug, course.Title, course.IsOffered, next?.Count ?? 0, next?.Taken ?? 0, next?.Capacity ?? 0, next?.First,
                past.GetValueOrDefault(course.Id), [.. titles[course.Id].Where(title => title != course.Title)]);
        }).ToLookup(course => course.IsOffered);
        (Offered, Others) = ([.. lines[true]], [.. lines[false]]);
    }
}

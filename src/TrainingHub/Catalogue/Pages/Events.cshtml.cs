using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform.Web;

namespace TrainingHub.Catalogue.Pages;

/// <summary>Events to come, those that have no date yet, and those of the last year.</summary>
[OutputCache(PolicyName = PublicPages.Policy)]
internal sealed class EventsModel(TrainingHubDb db, TimeProvider clock) : PageModel
{
    private const int Most = 200;
    private const int MostPast = 5;

    internal sealed record PlannedEvent(string Slug, string Title, string Summary, CourseKind Kind);

    public IReadOnlyList<(DateLine Date, CourseKind Kind)> Coming { get; private set; } = [];
    public IReadOnlyList<(DateLine Date, CourseKind Kind)> Past { get; private set; } = [];
    public IReadOnlyList<PlannedEvent> Planned { get; private set; } = [];
    public DateTimeOffset Now { get; private set; }

    public async Task OnGetAsync(CancellationToken ct)
    {
        Now = clock.GetUtcNow();
        var kinds = await db.Courses.AsNoTracking().Where(Course.IsPublic).Where(course => course.Kind != CourseKind.Course)
            .OrderBy(course => course.Title).ThenBy(course => course.Id)
            .Select(course => new { course.Id, course.Slug, course.Title, course.Summary, course.Kind, course.OfferOrder }).Take(Most).ToListAsync(ct);
        var ids = kinds.ConvertAll(one => one.Id);
        var kindOf = kinds.ToDictionary(one => one.Id, one => one.Kind);
        var coming = await DateLines.Of(db, DateLines.Public(db, Now).Where(run => ids.Contains(run.CourseId)))
            .OrderBy(date => date.StartsAt).ThenBy(date => date.Id).Take(Most).ToListAsync(ct);
        var since = Now.AddYears(-1);
        var past = await DateLines.Of(db, db.CourseRuns.Where(run => ids.Contains(run.CourseId) && run.State == RunState.Scheduled && run.EndsAt <= Now && run.EndsAt > since))
            .OrderByDescending(date => date.StartsAt).ThenBy(date => date.Id).Take(MostPast).ToListAsync(ct);
        Coming = [.. coming.Select(date => (date, kindOf[date.CourseId]))];
        Past = [.. past.Select(date => (date, kindOf[date.CourseId]))];
        Planned = [.. kinds.Where(one => one.OfferOrder != null && coming.TrueForAll(date => date.CourseId != one.Id)).Select(one => new PlannedEvent(one.Slug, one.Title, one.Summary, one.Kind))];
    }
}

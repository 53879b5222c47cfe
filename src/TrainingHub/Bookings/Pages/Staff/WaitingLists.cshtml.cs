using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;

namespace TrainingHub.Bookings.Pages.Staff;

/// <summary>Who waits for which coming date, in the order of joining.</summary>
internal sealed class WaitingListsModel(TrainingHubDb db, TimeProvider clock) : PageModel
{
    private const int Most = 500;

    public IReadOnlyList<WaitingDate> Dates { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var rows = await (
            from entry in db.WaitingListEntries.AsNoTracking()
            join run in db.CourseRuns on entry.RunId equals run.Id
            join course in db.Courses on run.CourseId equals course.Id
            where entry.State == WaitingState.Waiting && run.StartsAt > now
            orderby run.StartsAt, run.Id, entry.CreatedAt, entry.Id
            select new
            {
                run.Id,
                course.Title,
                run.StartsAt,
                run.PlacesLeft,
                HeldBack = run.HeldBackUntil > now ? run.HeldBackLeft : 0,
                IsClosed = run.BooksUntil <= now,
                Person = new WaitingPerson(entry.Name, entry.Email, entry.PlacesWanted, entry.CreatedAt),
            }).Take(Most).ToListAsync(ct);
        Dates = [.. rows.GroupBy(row => row.Id).Select(group => new WaitingDate(
            group.First().Title, London.Moment(group.First().StartsAt), group.First().PlacesLeft, group.First().HeldBack, group.First().IsClosed, [.. group.Select(row => row.Person)]))];
    }
}

/// <param name="Course"></param>
/// <param name="When"></param>
/// <param name="PlacesLeft">Also those held back.</param>
/// <param name="HeldBack">Of those left, held for one sector at this moment.</param>
/// <param name="IsClosed">Nobody can book any more, so that a freed place goes to nobody.</param>
/// <param name="People"></param>
internal sealed record WaitingDate(string Course, string When, int PlacesLeft, int HeldBack, bool IsClosed, IReadOnlyList<WaitingPerson> People);

internal sealed record WaitingPerson(string Name, string Email, int PlacesWanted, DateTimeOffset JoinedAt);

using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;
using TrainingHub.Platform.Data;

namespace TrainingHub.Catalogue;

/// <summary>Puts in the coming twelve months of the demonstration, counted from the day of the first seed. Needs the offer and the areas.</summary>
internal sealed class SeedDates(TrainingHubDb db, TimeProvider clock) : ISeed
{
    public static int Order => 21;

    public static bool DemoOnly => true;

    public async Task RunAsync(CancellationToken ct)
    {
        if (await db.CourseRuns.AnyAsync(ct))
        {
            return;
        }

        var file = DatesFile.Read();
        var plan = new DatePlan(file, London.DateOf(clock.GetUtcNow())).Make(OfferFile.Read());
        var courses = await db.Courses.ToDictionaryAsync(course => course.Slug, course => course.Id, ct);
        var areas = await db.Areas.ToDictionaryAsync(area => area.Name, area => area.Id, ct);
        var venues = file.Venues
            .Select(row => new Venue
            {
                Id = Guid.CreateVersion7(),
                Name = row.Name,
                Address = row.Address,
                Town = row.Address.Split(", ")[^1],
                Room = row.Room,
                StepFree = row.StepFree is null ? null : Enum.Parse<StepFreeAccess>(row.StepFree),
                Access = row.Access,
                Travel = row.Travel,
                IsInvented = true,
            })
            .ToList();
        var providers = file.Providers.ToDictionary(name => name, name => new Provider { Id = Guid.CreateVersion7(), Name = name, IsInvented = true });
        db.AddRange(venues);
        db.AddRange(providers.Values);
        foreach (var run in plan)
        {
            var first = new Meeting(London.Instant(run.Date, run.Hours.Start), London.Instant(run.Date, run.Hours.End));
            var again = run.Date.AddDays(7 * file.SeveralMeetings.Weeks);
            var meetings = run.Slug == file.SeveralMeetings.Course
                ? Meetings.Of([first, new(London.Instant(again, run.Hours.Start), London.Instant(again, run.Hours.End))])
                : null;
            db.Add(new CourseRun
            {
                Id = Guid.CreateVersion7(),
                Reference = run.Reference,
                CourseId = courses[run.Slug],
                StartsAt = first.StartsAt,
                EndsAt = meetings?.All[^1].EndsAt ?? first.EndsAt,
                Meetings = meetings,
                RunsOn = run.Date,
                Slot = CourseRun.SlotOf(run.Date, run.Hours.Start),
                Capacity = run.Capacity,
                Delivery = run.Venue is null ? DeliveryMode.Online : DeliveryMode.InPerson,
                VenueId = run.Venue is { } at ? venues[at].Id : null,
                AreaId = areas[run.Venue is { } place ? file.Venues[place].Area : "Both"],
                ProviderId = providers[run.Provider].Id,
                // Some still lack it, as in life, so that Today has something to say.
                JoiningLink = run.Venue is null && run.Date.Day % 7 != 0 ? $"https://meet.example/{run.Reference.ToLowerInvariant()}" : null,
            });
        }

        await db.SaveChangesAsync(ct);
        db.ChangeTracker.Clear();
    }
}

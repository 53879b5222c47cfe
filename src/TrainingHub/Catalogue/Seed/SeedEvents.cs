using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;
using TrainingHub.Platform.Data;

namespace TrainingHub.Catalogue;

/// <summary>
/// Puts in three events, one with a fee and parallel sessions, one without a fee, one that has no date yet, and what visitors find under
/// toolkits and briefings. Needs the offer, its venues and the areas. Does nothing when there is an event or a resource.
/// </summary>
internal sealed class SeedEvents(TrainingHubDb db, TimeProvider clock) : ISeed
{
    // After the invented bookings, so that nobody invented is written to about an event.
    public static int Order => 72;

    public static bool DemoOnly => true;

    public async Task RunAsync(CancellationToken ct)
    {
        if (await db.Courses.AnyAsync(course => course.Kind != CourseKind.Course, ct) || await db.Resources.AnyAsync(ct))
        {
            return;
        }

        var file = EventsFile.Read();
        var venue = await db.Venues.OrderBy(one => one.Name).Select(one => (Guid?)one.Id).FirstOrDefaultAsync(ct);
        var order = await db.Courses.MaxAsync(course => course.OfferOrder, ct) ?? 0;
        foreach (var row in file.Events)
        {
            await AddEventAsync(row, ++order, venue, ct);
        }

        var courses = await db.Courses.ToDictionaryAsync(course => course.Slug, course => course.Id, ct);
        var areas = await db.Areas.ToDictionaryAsync(area => area.Name, area => area.Id, ct);
        foreach (var row in file.Resources)
        {
            var resource = new Resource
            {
                Id = Guid.CreateVersion7(),
                Title = row.Title,
                Kind = Enum.Parse<ResourceKind>(row.Kind),
                Summary = row.Summary,
                AreaId = row.Area is null ? null : areas[row.Area],
            };
            db.Add(resource);
            db.AddRange(row.Courses.Where(courses.ContainsKey).Select(slug => new ResourceCourse { ResourceId = resource.Id, CourseId = courses[slug] }));
        }

        await db.SaveChangesAsync(ct);
        db.ChangeTracker.Clear();
    }

    private async Task AddEventAsync(EventsFile.EventRow row, int order, Guid? venue, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var course = new Course
        {
            Id = Guid.CreateVersion7(now),
            Slug = row.Slug,
            Title = row.Title,
            Kind = Enum.Parse<CourseKind>(row.Kind),
            Summary = row.Summary,
            Audience = row.Audience,
            Outcomes = string.Join('\n', row.Outcomes.Select(line => $"- {line}")),
            Bring = row.Bring,
            OfferOrder = order,
        };
        db.Add(course);
        db.Add(new CourseTitle { Id = Guid.CreateVersion7(now), CourseId = course.Id, Title = row.Title, TitleKey = CourseTitle.KeyOf(row.Title) });
        if (row.Date is not { } date)
        {
            return;
        }

        var facts = new RunFacts(
            WorkingDays.OnOrAfter(London.DateOf(now).AddDays(date.AfterDays)), date.Start, date.End, date.Capacity,
            date.IsOnline ? DeliveryMode.Online : DeliveryMode.InPerson, date.IsOnline ? null : venue, AreaId: null, ProviderId: null, date.FeePence,
            date.IsOnline ? "https://meet.example/learning-event" : null);
        var run = AddRuns.NewRun(course.Id, await AddRuns.NewReferenceAsync(db, course.Slug, facts.RunsOn, ct), facts, now);
        db.Add(run);
        var number = 0;
        foreach (var slot in row.Slots)
        {
            var made = new EventSlot { Id = Guid.CreateVersion7(now), RunId = run.Id, Begins = slot.Begins, Ends = slot.Ends };
            db.Add(made);

            // By their ids sessions stand in the order of the file.
            db.AddRange(slot.Sessions.Select(session => new EventSession
            {
                Id = Guid.CreateVersion7(now.AddMilliseconds(++number)),
                SlotId = made.Id,
                Title = session.Title,
                Speakers = session.Speakers,
                Room = session.Room,
                Capacity = session.Capacity,
            }));
        }
    }
}

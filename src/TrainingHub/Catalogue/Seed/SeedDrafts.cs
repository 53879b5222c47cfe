using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;
using TrainingHub.Platform.Data;

namespace TrainingHub.Catalogue;

/// <summary>Puts in three dates that the demonstration's staff still prepare: one is ready, one has no trainer, one no venue. Does nothing when there are drafts.</summary>
internal sealed class SeedDrafts(TrainingHubDb db, TimeProvider clock) : ISeed
{
    private static readonly TimeOnly Start = new(9, 30);
    private static readonly TimeOnly End = new(12, 30);

    public static int Order => 24;

    public static bool DemoOnly => true;

    public async Task RunAsync(CancellationToken ct)
    {
        if (await DraftDate.All(db).AnyAsync(ct))
        {
            return;
        }

        var courses = await db.Courses.Where(Course.IsPublic).Where(course => course.OfferOrder != null && course.Length == CourseLength.HalfDay)
            .OrderBy(course => course.OfferOrder).Take(3).ToListAsync(ct);
        var venue = await db.Venues.OrderBy(one => one.Name).Select(one => (Guid?)one.Id).FirstOrDefaultAsync(ct);
        var provider = await db.Providers.OrderBy(one => one.Name).Select(one => (Guid?)one.Id).FirstOrDefaultAsync(ct);
        var monday = London.DateOf(clock.GetUtcNow()).AddDays(371);
        monday = monday.AddDays(1 - (int)monday.DayOfWeek);
        foreach (var (number, course) in courses.Index())
        {
            var facts = new RunFacts(
                monday.AddDays(number + 1), Start, End, 20, DeliveryMode.InPerson, number == 2 ? null : venue, AreaId: null, number == 1 ? null : provider,
                FeePence: null, JoiningLink: null);
            db.Add(AddRuns.NewRun(course.Id, await AddRuns.NewReferenceAsync(db, course.Slug, facts.RunsOn, ct), facts, clock.GetUtcNow()).AsDraft());
        }

        await db.SaveChangesAsync(ct);
        db.ChangeTracker.Clear();
    }
}

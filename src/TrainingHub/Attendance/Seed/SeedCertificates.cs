using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using TrainingHub.Catalogue;
using TrainingHub.Platform;
using TrainingHub.Platform.Data;
using TrainingHub.Platform.Web;

namespace TrainingHub.Attendance;

/// <summary>
/// Demo: two past dates to which invented people came. Those of the one three weeks ago get their certificates from the job, as in life;
/// those of the one long ago have theirs, which end in forty days. A second run finds them.
/// </summary>
internal sealed class SeedCertificates(TrainingHubDb db, NpgsqlDataSource database, IOptions<SiteOptions> site, TimeProvider clock) : ISeed
{
    private const int People = 6;
    private const int EndInDays = 40;

    public static int Order => 72;

    public static bool DemoOnly => true;

    public async Task RunAsync(CancellationToken ct)
    {
        var today = London.DateOf(clock.GetUtcNow());
        var courses = await db.Courses.Where(Course.IsPublic).Where(course => course.RenewalMonths != null && course.OfferOrder != null)
            .OrderBy(course => course.OfferOrder).Select(course => new { course.Id, course.RenewalMonths }).Take(2).ToListAsync(ct);
        if (courses is not [var recent, { RenewalMonths: { } months } early] || await db.CourseRuns.AnyAsync(run => run.Reference.StartsWith("EX-"), ct))
        {
            return;
        }

        await HeldAsync(recent.Id, today.AddDays(-21), ct);
        var run = await HeldAsync(early.Id, today.AddDays(EndInDays).AddMonths(-months), ct);
        foreach (var earned in await db.EarnedCertificates.AsNoTracking().Where(one => one.RunId == run.Id).OrderBy(one => one.PlaceId).ToListAsync(ct))
        {
            db.Add(Certificate.Of(earned, site.Value.PartnershipName, run.EndsAt.AddDays(1)));
        }

        await db.SaveChangesAsync(ct);
        db.ChangeTracker.Clear();
    }

    private async Task<CourseRun> HeldAsync(Guid course, DateOnly on, CancellationToken ct)
    {
        var hours = (Start: new TimeOnly(9, 30), End: new TimeOnly(12, 30));
        var run = new CourseRun
        {
            Id = Guid.CreateVersion7(),
            Reference = string.Create(CultureInfo.InvariantCulture, $"EX-{on:yyyy-MM-dd}"),
            CourseId = course,
            StartsAt = London.Instant(on, hours.Start),
            EndsAt = London.Instant(on, hours.End),
            RunsOn = on,
            Slot = CourseRun.SlotOf(on, hours.Start),
            Capacity = 20,
            Delivery = DeliveryMode.InPerson,
            VenueId = await db.Venues.OrderBy(venue => venue.Name).Select(venue => (Guid?)venue.Id).FirstOrDefaultAsync(ct),
            ProviderId = await db.Providers.OrderBy(provider => provider.Name).Select(provider => (Guid?)provider.Id).FirstOrDefaultAsync(ct),
        };
        db.Add(run);
        await db.SaveChangesAsync(ct);
        await using var command = database.CreateCommand(SqlFile.Read("TrainingHub.Attendance.Sql.SeedCertificates.sql"));
        command.Parameters.Add(new("run", run.Id));
        command.Parameters.Add(new("people", People));
        command.Parameters.Add(new("alphabet", Reference.Alphabet));
        command.Parameters.Add(new("booked_at", run.StartsAt.AddDays(-30)));
        command.Parameters.Add(new("marked_at", clock.GetUtcNow()));
        await command.ExecuteNonQueryAsync(ct);
        return run;
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.Catalogue;
using TrainingHub.Emails;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Jobs;
using TrainingHub.Platform.Web;

namespace TrainingHub.Attendance;

/// <summary>
/// Reminds people once that a certificate ends, some days before it does. One message a person, also of what ends within the month after;
/// none to who has attended that course or one that builds on it since, or is booked on one, and none to who wants none. A few people a
/// run, first those whose certificates end first, so that what an outage held up goes out over hours; what has ended meanwhile is left
/// alone. The person is locked, and the certificates are marked with the email: a run that died half-way, or a second one, reminds nobody
/// twice.
/// </summary>
internal sealed class RemindOfRenewals(TrainingHubDb db, IOptions<CertificateOptions> options, IOptions<SiteOptions> site, TimeProvider clock) : IJob
{
    public const int BatchSize = 25;

    /// <summary>What ends so many days later is named in the same message.</summary>
    private const int TogetherDays = 30;

    // Mail programs keep "unsubscribe" for as long as the message.
    private const int StopLinkDays = 400;

    private sealed record Renewable
    {
        public required Guid Id { get; init; }
        public required Guid PersonId { get; init; }
        public required Guid BookingId { get; init; }
        public required Guid CourseId { get; init; }
        public required string CourseTitle { get; init; }
        public required DateOnly ValidUntil { get; init; }
    }

    public static TimeSpan Every => TimeSpan.FromMinutes(15);

    public async Task<int> RunAsync(CancellationToken ct)
    {
        if (options.Value.RemindDaysBefore == 0)
        {
            return 0;
        }

        var now = clock.GetUtcNow();
        var until = London.DateOf(now).AddDays(options.Value.RemindDaysBefore);
        var people = await ToRenew(now).Where(one => one.ValidUntil <= until)
            .GroupBy(one => one.PersonId)
            .OrderBy(ends => ends.Min(one => one.ValidUntil)).ThenBy(ends => ends.Key)
            .Select(ends => ends.Key).Take(BatchSize).ToListAsync(ct);
        return await OneByOne.RunAsync(people, person => RemindAsync(person, until, ct));
    }

    private IQueryable<Renewable> ToRenew(DateTimeOffset now)
    {
        var today = London.DateOf(now);
        return
            from certificate in db.Certificates
            join place in db.Places on certificate.PlaceId equals place.Id
            join run in db.CourseRuns on place.RunId equals run.Id
            join person in db.People on place.PersonId equals person.Id
            where certificate.State == CertificateState.Issued && certificate.RemindedAt == null && certificate.ValidUntil >= today && person.RenewalsStoppedAt == null
            where !(
                from later in db.LivePlaces
                join date in db.CourseRuns on later.RunId equals date.Id
                join course in db.Courses on date.CourseId equals course.Id
                where later.PersonId == place.PersonId && date.StartsAt > run.EndsAt
                    && (course.Id == certificate.CourseId || course.PrerequisiteId == certificate.CourseId)
                    && (date.EndsAt > now || db.RegisterPlaces.Any(line => line.PlaceId == later.Id && line.Attended == true))
                select later.Id).Any()
            select new Renewable
            {
                Id = certificate.Id,
                PersonId = person.Id,
                BookingId = place.BookingId,
                CourseId = certificate.CourseId,
                CourseTitle = certificate.CourseTitle,
                ValidUntil = certificate.ValidUntil!.Value,
            };
    }

    private async Task<bool> RemindAsync(Guid personId, DateOnly until, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        db.ChangeTracker.Clear();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var person = (await db.People.FromSql($"select * from people where id = {personId} for no key update").AsNoTracking().ToListAsync(ct)).SingleOrDefault();
        var together = until.AddDays(TogetherDays);
        var due = await ToRenew(now).Where(one => one.PersonId == personId && one.ValidUntil <= together)
            .OrderBy(one => one.ValidUntil).ThenBy(one => one.CourseTitle).ToListAsync(ct);
        if (person is null || !due.Exists(one => one.ValidUntil <= until))
        {
            return false;
        }

        var ids = due.ConvertAll(one => one.Id);
        await db.Certificates.Where(one => ids.Contains(one.Id)).ExecuteUpdateAsync(set => set.SetProperty(one => one.RemindedAt, now), ct);
        var courses = due.ConvertAll(one => one.CourseId);
        var slugs = await db.Courses.Where(Course.IsPublic).Where(course => courses.Contains(course.Id)).ToDictionaryAsync(course => course.Id, course => course.Slug, ct);
        var reference = await db.Bookings.Where(one => one.Id == due[0].BookingId).Select(one => one.Reference).SingleAsync(ct);
        var stop = SecretLink.Issue(db, StopRenewals.LinkPurpose, personId, now, now.AddDays(StopLinkDays));
        db.Add(OutgoingEmail.To(
            person.Email,
            new CertificateEndsEmail(
                person.Name,
                [.. due.DistinctBy(one => one.CourseId).Select(one => new CertificateToRenew(
                    one.CourseTitle, London.Words(one.ValidUntil),
                    site.Value.Absolute(slugs.TryGetValue(one.CourseId, out var slug) ? CatalogueUrls.Course(slug) : CatalogueUrls.Courses)))],
                site.Value.Absolute(CertificateUrls.Stop(stop))),
            now, reference));
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
    }
}

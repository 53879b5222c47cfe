using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.Bookings;
using TrainingHub.Catalogue;
using TrainingHub.Emails;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Jobs;
using TrainingHub.Platform.Web;

namespace TrainingHub.Attendance;

/// <summary>
/// Writes once to each person who came to an event whose recording is released, and to each who asked for it; also to those who are marked or
/// ask later. A row that says so is written with the email, in one transaction: what two nodes insert at once only one of them has. Somebody who
/// came and had asked is written to as one who came. If it dies half-way the next run finds the rest.
/// </summary>
internal sealed class TellOfRecordings(TrainingHubDb db, TimeProvider clock, IOptions<SiteOptions> site) : IJob
{
    private const int Batch = 200;

    private sealed record Came(Guid PlaceId, string Name, string Email, string Reference);

    public static TimeSpan Every => TimeSpan.FromMinutes(5);

    public async Task<int> RunAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var today = London.DateOf(now);
        var told = 0;
        foreach (var release in await db.RecordingReleases.AsNoTracking().Where(one => one.EndsOn >= today).OrderBy(one => one.RunId).ToListAsync(ct))
        {
            var links = await db.EventLinks.AsNoTracking().Where(link => link.RunId == release.RunId).OrderBy(link => link.AddedAt).ThenBy(link => link.Id).ToListAsync(ct);
            string[] titles = [.. links.Where(link => link.IsShownOn(today)).Select(link => link.Title)];
            if (titles.Length == 0 || await BookingSummaries.RunAsync(db, release.RunId, ct) is not { } date)
            {
                continue;
            }

            int batch;
            do
            {
                batch = await TellWhoCameAsync(release, date, titles, now, ct);
                told += batch;
            }
            while (batch == Batch);
            do
            {
                batch = await TellWhoAskedAsync(release, date, titles, now, ct);
                told += batch;
            }
            while (batch == Batch);
        }

        return told;
    }

    private async Task<int> TellWhoCameAsync(RecordingRelease release, DateLine date, string[] titles, DateTimeOffset now, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        db.ChangeTracker.Clear();
        var places = await db.Database.SqlQuery<Guid>(
            $"""
            insert into recordings_told (place_id, told_at)
            select line.place_id, {now}
            from register_places line
            where line.run_id = {release.RunId} and line.attended and line.person_id is not null
            and not exists (select from recordings_told told where told.place_id = line.place_id)
            order by line.place_id
            limit {Batch}
            on conflict (place_id) do nothing
            returning place_id as "Value"
            """).ToListAsync(ct);
        var people = await (
            from place in db.Places
            join person in db.People on place.PersonId equals person.Id
            join booking in db.Bookings on place.BookingId equals booking.Id
            where places.Contains(place.Id)
            orderby place.Id
            select new Came(place.Id, person.Name, person.Email, booking.Reference)).ToListAsync(ct);
        foreach (var person in people)
        {
            var url = UrlOf(RecordingReaders.CamePurpose, person.PlaceId, date, now);
            var message = new RecordingReadyEmail(person.Name, date.CourseDate(), titles, AskedOn: null, London.Words(release.EndsOn), url);
            db.Add(OutgoingEmail.To(person.Email, message, now, person.Reference));
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return places.Count;
    }

    private async Task<int> TellWhoAskedAsync(RecordingRelease release, DateLine date, string[] titles, DateTimeOffset now, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        db.ChangeTracker.Clear();
        var wishes = await db.DateWishes
            .FromSql($"select * from date_wishes where run_id = {release.RunId} and told_at is null and ends_at > {now} order by asked_at, id limit {Batch} for update skip locked")
            .ToListAsync(ct);
        if (wishes.Count == 0)
        {
            return 0;
        }

        var came = (await (
            from line in db.RegisterPlaces
            join person in db.People on line.PersonId equals person.Id
            where line.RunId == release.RunId && line.Attended == true
            select person.Email).ToListAsync(ct)).Select(EmailAddress.MailboxOf).ToHashSet();
        foreach (var wish in wishes)
        {
            if (came.Contains(wish.EmailKey))
            {
                db.Remove(wish);
                continue;
            }

            db.Entry(wish).Property(one => one.ToldAt).CurrentValue = now;
            db.Entry(wish).Property(one => one.EndsAt).CurrentValue = release.EndsAt;
            var url = UrlOf(DateWish.RecordingPurpose, wish.Id, date, now);
            var message = new RecordingReadyEmail(Name: null, date.CourseDate(), titles, London.Words(London.DateOf(wish.AskedAt)), London.Words(release.EndsOn), url);
            db.Add(OutgoingEmail.To(wish.Email, message, now));
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return wishes.Count;
    }

    // As long as staff may let the recording be seen; until when they do, the page asks.
    private string UrlOf(string purpose, Guid subject, DateLine date, DateTimeOffset now)
    {
        var token = SecretLink.Issue(db, purpose, subject, now, RecordingRelease.EndOf(London.DateOf(date.EndsAt).AddMonths(RecordingRelease.MostMonths)));
        return site.Value.Absolute(AttendanceUrls.RecordingLink(token.Value));
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.Catalogue;
using TrainingHub.Emails;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Jobs;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings;

/// <summary>
/// Reminds each delegate before the course and sends the joining link of an online date, as <see cref="NoticeTimes"/> says. Each place is
/// a transaction of its own: the notice's key and the email are written together, and only while that person has that confirmed place.
/// So nobody is told twice, whoever runs this, and nobody after a cancellation.
/// </summary>
internal sealed class SendNotices(TrainingHubDb db, IOptions<ReminderOptions> options, TimeProvider clock, IOptions<SiteOptions> site) : IJob
{
    private sealed record Candidate(Guid PlaceId, Guid RunId, Guid PersonId, DateTimeOffset CreatedAt);

    private sealed record Sent(NoticeKind Kind, string Version, DateTimeOffset SentAt);

    public static TimeSpan Every => TimeSpan.FromMinutes(1);

    public async Task<int> RunAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var days = options.Value.Days ?? [];
        var runs = await db.CourseRuns.AsNoTracking()
            .Where(run => run.State == RunState.Scheduled && run.EndsAt > now && run.StartsAt < now + NoticeTimes.Earliest(days))
            .ToDictionaryAsync(run => run.Id, ct);
        var ids = runs.Keys.ToList();
        var places = await db.Places.AsNoTracking()
            .Where(place => ids.Contains(place.RunId) && place.State == PlaceState.Confirmed && place.PersonId != null)
            .OrderBy(place => place.Id)
            .Select(place => new Candidate(place.Id, place.RunId, place.PersonId!.Value, place.CreatedAt))
            .ToListAsync(ct);
        var sent = (await db.PlaceNotices.AsNoTracking().Where(notice => db.Places.Any(place => place.Id == notice.PlaceId && ids.Contains(place.RunId))).ToListAsync(ct))
            .ToLookup(notice => (notice.PlaceId, notice.PersonId), notice => new Sent(notice.Kind, notice.Version, notice.SentAt));
        var due = places
            .Select(place => (Place: place, Notices: Due(runs[place.RunId], place, sent[(place.PlaceId, place.PersonId)], days, now)))
            .Where(one => one.Notices.Count > 0)
            .ToList();
        return await OneByOne.RunAsync(due, one => SendAsync(one.Place, runs[one.Place.RunId], one.Notices, [.. sent[(one.Place.PlaceId, one.Place.PersonId)]], ct));
    }

    private static List<DueNotice> Due(CourseRun run, Candidate place, IEnumerable<Sent> sent, IReadOnlyCollection<int> days, DateTimeOffset now)
    {
        var told = sent.ToList();
        // Who got the link this very morning need not have it again.
        var hadLinkToday = told.Exists(one => one.Kind == NoticeKind.JoiningLink && London.DateOf(one.SentAt) == London.DateOf(now));
        return [.. NoticeTimes.Due(run, place.CreatedAt, days, now)
            .Where(one => !told.Exists(had => had.Kind == one.Kind && had.Version == one.Version))
            .Where(one => one.Kind != NoticeKind.OnTheDay || !hadLinkToday)];
    }

    private async Task<bool> SendAsync(Candidate place, CourseRun run, List<DueNotice> notices, IReadOnlyList<Sent> before, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        db.ChangeTracker.Clear();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var written = 0;
        foreach (var notice in notices)
        {
            written += await WriteAsync(place, run, notice, now, ct);
        }

        var person = await db.People.AsNoTracking().SingleOrDefaultAsync(one => one.Id == place.PersonId, ct);
        if (written < notices.Count || person is null || await BookingSummaries.RunAsync(db, run.Id, ct) is not { } line
            || NoticeTimes.NextMeeting(run, now) is not { } meeting)
        {
            return false;
        }

        var booking = await (
            from own in db.Places
            join one in db.Bookings on own.BookingId equals one.Id
            where own.Id == place.PlaceId
            select new { Row = one, one.Reference, one.BookerName, Place = own }).AsNoTracking().SingleAsync(ct);
        var number = run.EachMeeting.ToList().IndexOf(meeting) + 1;
        var hasLink = notices.Exists(notice => notice.Kind is NoticeKind.JoiningLink or NoticeKind.OnTheDay);
        var links = new DelegateLinks(site.Value, now);
        var message = new BeforeCourseEmail(
            person.Name,
            line.CourseDate() with { Where = line.Delivery == DeliveryMode.Online && hasLink ? "Online" : line.CourseDate().Where },
            London.DayWords(meeting.On),
            meeting.On.DayNumber - London.DateOf(now).DayNumber,
            hasLink ? run.JoiningLink : null,
            IsNewLink: hasLink && before.Any(one => one.Kind == NoticeKind.JoiningLink),
            booking.BookerName ?? "",
            links.UrlOf(place.PlaceId, new(person.EmailKey, person.NameKey), run.EndsAt),
            run.Meetings is null ? null : $"Meeting {number} of {run.EachMeeting.Count}",
            HasBegun: number > 1,
            await VenueAsync(run.Id, ct),
            await PreparationAsync(run.CourseId, ct),
            HasDoorCode: line.Delivery == DeliveryMode.InPerson,
            number > 1 || run.StartsAt <= now ? null : await BookingPolicy.LinesAsync(db, booking.Row, [booking.Place], now, ct),
            AsksBefore: number == 1 && run.StartsAt > now && links.AskBefore);
        db.AddRange(links.Made);
        db.Add(OutgoingEmail.To(person.Email, message, now, booking.Reference));
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    private async Task<IReadOnlyList<string>> VenueAsync(Guid run, CancellationToken ct)
    {
        var venues = await VenueDetails.OfRunsAsync(db, [run], ct);
        return venues.TryGetValue(run, out var venue)
            ? [.. venue.Facts.Select(fact => $"{fact.What}: {fact.Words}"), .. venue.MapUrl is { } map ? [$"Map: {map}"] : Array.Empty<string>()]
            : [];
    }

    private async Task<IReadOnlyList<string>> PreparationAsync(Guid course, CancellationToken ct) =>
        await db.Courses.Where(one => one.Id == course).Select(one => one.Bring).SingleAsync(ct) is { } text ? SafeMarkdown.Lines(text) : [];

    // The place is locked against a cancellation or a swap until the email is written; if either came first, nothing is.
    private Task<int> WriteAsync(Candidate place, CourseRun run, DueNotice notice, DateTimeOffset now, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync(
            $"""
            insert into place_notices (place_id, person_id, kind, version, sent_at)
            select place.id, place.person_id, {notice.Kind.ToString()}, {notice.Version}, {now}
            from places place
            join course_runs run on run.id = place.run_id
            where place.id = {place.PlaceId}
              and place.person_id = {place.PersonId}
              and place.state = 'Confirmed'
              and run.state = 'Scheduled'
              and run.change_number = {run.ChangeNumber}
              and run.joining_link is not distinct from {run.JoiningLink}
            for share of place
            on conflict do nothing
            """,
            ct);
}

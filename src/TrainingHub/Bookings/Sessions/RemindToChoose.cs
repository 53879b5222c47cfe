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
/// Reminds whoever has a place at an event and has not chosen a session for every time, once, before the last day to choose;
/// <see cref="RemindAt"/> says when. A time for which all sessions are full is not named, and alone is no reason to write. Each place is a
/// transaction of its own: the notice's key and the email are written together while the place is locked against whoever cancels it, moves it or
/// chooses. So nobody is told twice, whoever runs this; if it dies half-way, the rest is found again.
/// </summary>
internal sealed class RemindToChoose(TrainingHubDb db, IOptions<ReminderOptions> options, TimeProvider clock, IOptions<SiteOptions> site) : IJob
{
    private const string Once = "once";
    private static readonly TimeOnly Morning = new(9, 0);

    private sealed record Candidate(Guid PlaceId, Guid RunId, Guid PersonId, DateTimeOffset CreatedAt);

    public static TimeSpan Every => TimeSpan.FromMinutes(10);

    /// <summary>
    /// So many days before the last day at nine; who books after that, on the morning of the day before the last; null for who books later
    /// still, and for everybody when nobody is reminded.
    /// </summary>
    /// <param name="closesAt">From then on nobody chooses.</param>
    /// <param name="bookedAt"></param>
    /// <param name="daysBefore">0 reminds nobody.</param>
    public static DateTimeOffset? RemindAt(DateTimeOffset closesAt, DateTimeOffset bookedAt, int daysBefore)
    {
        if (daysBefore == 0)
        {
            return null;
        }

        var lastDay = London.DateOf(closesAt.AddTicks(-1));
        DateTimeOffset[] mornings = [London.Instant(lastDay.AddDays(-daysBefore), Morning), London.Instant(lastDay.AddDays(-1), Morning)];
        return mornings.Where(morning => bookedAt < morning).Select(morning => (DateTimeOffset?)morning).FirstOrDefault();
    }

    public async Task<int> RunAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var runs = await db.CourseRuns.AsNoTracking()
            .Where(run => run.State == RunState.Scheduled && run.StartsAt > now && db.EventSlots.Any(slot => slot.RunId == run.Id))
            .OrderBy(run => run.StartsAt).ThenBy(run => run.Id).Select(run => new { run.Id, run.StartsAt }).ToListAsync(ct);
        var due = new List<Candidate>();
        foreach (var run in runs)
        {
            var programme = await EventProgramme.ReadAsync(db, run.Id, ct);
            var closesAt = EventPlan.ClosesAt(programme.ChooseLastOn, run.StartsAt);
            if (now < closesAt)
            {
                due.AddRange((await UndecidedAsync(run.Id, programme, ct)).Where(place => RemindAt(closesAt, place.CreatedAt, options.Value.SessionsDaysBefore) <= now));
            }
        }

        return await OneByOne.RunAsync(due, place => RemindAsync(place, ct));
    }

    private static List<SlotLine> ToChoose(EventProgramme programme) =>
        [.. programme.Slots.Where(slot => slot.IsChoice && slot.Sessions.Any(session => !session.IsFull))];

    private async Task<IReadOnlyList<Candidate>> UndecidedAsync(Guid run, EventProgramme programme, CancellationToken ct)
    {
        var slots = ToChoose(programme).ConvertAll(slot => slot.Id);
        return await db.Places.AsNoTracking()
            .Where(place => place.RunId == run && place.State == PlaceState.Confirmed && place.PersonId != null)
            .Where(place => !db.PlaceNotices.Any(notice => notice.PlaceId == place.Id && notice.PersonId == place.PersonId && notice.Kind == NoticeKind.ChooseSessions))
            .Where(place => db.SessionChoices.Count(choice => choice.PlaceId == place.Id && slots.Contains(choice.SlotId)) < slots.Count)
            .OrderBy(place => place.Id)
            .Select(place => new Candidate(place.Id, place.RunId, place.PersonId!.Value, place.CreatedAt))
            .ToListAsync(ct);
    }

    private async Task<bool> RemindAsync(Candidate candidate, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        db.ChangeTracker.Clear();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var place = await db.Places.FromSql($"select * from places where id = {candidate.PlaceId} for share").AsNoTracking().SingleAsync(ct);
        if (place.State != PlaceState.Confirmed || place.RunId != candidate.RunId || place.PersonId != candidate.PersonId
            || await BookingSummaries.RunAsync(db, candidate.RunId, ct) is not { State: RunState.Scheduled } date
            || await OwnSessions.ReadAsync(db, candidate.PlaceId, date, now, ct) is not { IsOpen: true } own)
        {
            return false;
        }

        string[] missing = [.. ToChoose(own.Programme).Where(slot => !own.Chosen.ContainsKey(slot.Id)).Select(slot => slot.When)];
        if (missing.Length == 0 || await WriteAsync(candidate, now, ct) == 0)
        {
            return false;
        }

        var person = await db.People.AsNoTracking().SingleAsync(one => one.Id == candidate.PersonId, ct);
        var reference = await db.Bookings.Where(booking => booking.Id == place.BookingId).Select(booking => booking.Reference).SingleAsync(ct);
        var links = new DelegateLinks(site.Value, now);
        var url = links.UrlOf(candidate.PlaceId, new(person.EmailKey, person.NameKey), date.EndsAt);
        db.AddRange(links.Made);
        db.Add(OutgoingEmail.To(person.Email, new SessionsToChooseEmail(person.Name, date.CourseDate(), missing, own.ClosesWords, url), now, reference));
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    private Task<int> WriteAsync(Candidate candidate, DateTimeOffset now, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync(
            $"""
            insert into place_notices (place_id, person_id, kind, version, sent_at)
            values ({candidate.PlaceId}, {candidate.PersonId}, {nameof(NoticeKind.ChooseSessions)}, {Once}, {now})
            on conflict do nothing
            """,
            ct);
}

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.Catalogue;
using TrainingHub.Emails;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings;

internal enum RemoveSessionResult
{
    Removed,

    /// <summary>It is not there any more.</summary>
    Unknown,

    /// <summary>Somebody else changed it, or more or fewer people have chosen it than was shown. Nothing was changed.</summary>
    ChangedSince,
}

/// <summary>
/// Takes a session out of the programme of a date. Whoever had chosen it has no choice for that time any more and, until that day begins, is
/// told by email, with a link to choose again while people can. One transaction under the lock of the date; a second time finds nothing.
/// </summary>
internal sealed class RemoveSession(TrainingHubDb db, TimeProvider clock, IOptions<SiteOptions> site)
{
    /// <param name="runId">The date.</param>
    /// <param name="sessionId">The session.</param>
    /// <param name="version">As it was opened.</param>
    /// <param name="seen">How many people the page said have chosen it.</param>
    /// <param name="by">Who acts.</param>
    /// <param name="ct">To stop.</param>
    public async Task<RemoveSessionResult> RunAsync(Guid runId, Guid sessionId, int version, int seen, Actor by, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var now = clock.GetUtcNow();
        await db.Database.ExecuteSqlAsync($"select from course_runs where id = {runId} for no key update", ct);
        var programme = await EventProgramme.ReadAsync(db, runId, ct);
        if (programme.Slots.FirstOrDefault(one => one.Sessions.Any(session => session.Id == sessionId)) is not { } slot
            || await BookingSummaries.RunAsync(db, runId, ct) is not { } date)
        {
            return RemoveSessionResult.Unknown;
        }

        var session = slot.Sessions.Single(one => one.Id == sessionId);
        if (session.Version != version || session.PlacesTaken != seen)
        {
            return RemoveSessionResult.ChangedSince;
        }

        if (TellsPeople(date, slot, now))
        {
            await TellAsync(date, slot, session, CanChooseAgain(date, programme, slot, now), now, ct);
        }

        await db.SessionChoices.Where(choice => choice.SessionId == sessionId).ExecuteDeleteAsync(ct);
        await db.EventSessions.Where(one => one.Id == sessionId).ExecuteDeleteAsync(ct);
        if (slot.Sessions.Count == 1)
        {
            await db.EventSlots.Where(one => one.Id == slot.Id).ExecuteDeleteAsync(ct);
        }

        HistoryEntry.Add<CourseRun>(db, runId, by, "Session removed", [new("Session", $"{session.Title}, {slot.When}", null)], now, $"{seen} had chosen it");
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return RemoveSessionResult.Removed;
    }

    /// <summary>Whether whoever chose a session of the slot is told that it is removed.</summary>
    public static bool TellsPeople(DateLine date, SlotLine slot, DateTimeOffset now) => now < slot.MeetingOf(date).StartsAt;

    /// <summary>Whether they can choose another for that time.</summary>
    public static bool CanChooseAgain(DateLine date, EventProgramme programme, SlotLine slot, DateTimeOffset now) =>
        slot.Sessions.Count > 2 && now < EventPlan.ClosesAt(programme.ChooseLastOn, date.StartsAt);

    private async Task TellAsync(DateLine date, SlotLine slot, SessionLine session, bool canChoose, DateTimeOffset now, CancellationToken ct)
    {
        var people = await (
            from choice in db.SessionChoices
            join place in db.Places on choice.PlaceId equals place.Id
            join booking in db.Bookings on place.BookingId equals booking.Id
            join person in db.People on place.PersonId equals person.Id
            where choice.SessionId == session.Id
            orderby place.Id
            select new { place.Id, place.DelegateName, person.Email, person.Name, booking.Reference }).ToListAsync(ct);
        var links = new DelegateLinks(site.Value, now);
        foreach (var person in people)
        {
            var url = links.UrlOf(person.Id, PersonKey.Of(person.Email, person.Name), date.EndsAt);
            var message = new SessionGoneEmail(person.DelegateName ?? person.Name, date.CourseDate(), session.Title, slot.When, canChoose, url);
            db.Add(OutgoingEmail.To(person.Email, message, now, person.Reference));
        }

        db.AddRange(links.Made);
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.Catalogue;
using TrainingHub.Emails;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings;

internal enum ChangeDateResult
{
    Changed,
    NothingToChange,
    Cancelled,

    /// <summary>It has begun: what was held is history.</summary>
    Begun,

    /// <summary>Somebody else has changed it since the form was opened.</summary>
    ChangedMeanwhile,

    /// <summary>Fewer places than are taken.</summary>
    TooFewPlaces,

    /// <summary>More places would be held back for a sector than are left.</summary>
    TooManyHeldBack,

    /// <summary>Places would be held back until a day that is over.</summary>
    HeldUntilPast,

    /// <summary>It would begin in the past.</summary>
    InThePast,

    /// <summary>Sessions of an event are planned for a meeting that it would not have any more.</summary>
    SessionsLeft,
    NotFound,
}

/// <param name="Result"></param>
/// <param name="PlacesTaken">At the moment of the answer.</param>
/// <param name="MostHeldBack">When too many would be held back: how many can be.</param>
/// <param name="PlacesOffered">Beside those taken, offered to the waiting list.</param>
/// <param name="Sooner">When offers to the waiting list end sooner by it: that, in words.</param>
internal sealed record ChangeDateOutcome(ChangeDateResult Result, int PlacesTaken = 0, int MostHeldBack = 0, int PlacesOffered = 0, string? Sooner = null);

/// <summary>
/// Changes a date that may have people on it. Who is booked keeps the place and its price. When time or place change, each booker, each
/// delegate who had been told of the place, and everybody who waits is told once, in the transaction of the change. So is who has an offer that
/// ends sooner by it.
/// </summary>
internal sealed class ChangeDate(TrainingHubDb db, TimeProvider clock, IOptions<SiteOptions> site)
{
    /// <param name="runId"></param>
    /// <param name="seen">The mark of the facts that the form showed.</param>
    /// <param name="facts">As they shall be.</param>
    /// <param name="reason">Why, for those who are told; null says nothing.</param>
    /// <param name="by"></param>
    /// <param name="ct"></param>
    public async Task<ChangeDateOutcome> RunAsync(Guid runId, string seen, RunFacts facts, string? reason, Actor by, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var run = await DatePeople.LockAsync(db, runId, ct);
        var now = clock.GetUtcNow();
        if (run is null)
        {
            return new(ChangeDateResult.NotFound);
        }

        var known = RunFacts.Of(run);
        if (WhyNot(run, known, seen, facts, now) is { } refusal)
        {
            return new(refusal, run.PlacesTaken, PlacesOffered: run.PlacesOffered);
        }

        if (await db.EventSlots.AnyAsync(slot => slot.RunId == runId && slot.Meeting > facts.EachMeeting.Count, ct))
        {
            return new(ChangeDateResult.SessionsLeft, run.PlacesTaken);
        }

        var takenOfSector = await TakenOfSectorAsync(runId, facts.Limits.HeldBack, ct);
        // Until their day is over; and the table never holds more than there are.
        var mostHeldBack = Math.Min(facts.Capacity, Math.Max(0, run.PlacesSpare - run.PlacesOffered + (facts.Capacity - run.Capacity)) + takenOfSector);
        if (facts.Limits.HeldBack is { } held && held.Places > (now < held.Until ? mostHeldBack : facts.Capacity))
        {
            return new(ChangeDateResult.TooManyHeldBack, run.PlacesTaken, mostHeldBack, run.PlacesOffered);
        }

        // Nobody knows where a draft was.
        var isMoved = run.State != RunState.Draft && facts.IsMovedFrom(known);
        var before = isMoved ? await LineAsync(runId, ct) : null;
        await CountAgainAsync(runId, takenOfSector, now, ct);
        await facts.SaveAsync(db, runId, isMoved ? now : null, ct);
        var after = run.State == RunState.Draft ? null : await LineAsync(runId, ct);
        var sooner = after is null ? null : await EndOffersInTimeAsync(after, now, ct);
        var told = before is null || after is null ? null : await TellAsync(runId, before, after, reason, now, ct);
        HistoryEntry.Add<CourseRun>(db, runId, by, isMoved ? "Moved" : "Changed", facts.ChangesFrom(known, await RunNames.ReadAsync(db, ct)), now, Join(told, sooner));
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return new(ChangeDateResult.Changed, run.PlacesTaken, Sooner: sooner);
    }

    private static ChangeDateResult? WhyNot(CourseRun run, RunFacts known, string seen, RunFacts facts, DateTimeOffset now)
    {
        if (!run.CanChangeAt(now))
        {
            return run.State == RunState.Cancelled ? ChangeDateResult.Cancelled : ChangeDateResult.Begun;
        }

        if (known == facts)
        {
            return ChangeDateResult.NothingToChange;
        }

        return known.Mark() != seen ? ChangeDateResult.ChangedMeanwhile
            : facts.Capacity < Math.Min(run.Capacity, run.PlacesTaken + run.PlacesOffered) ? ChangeDateResult.TooFewPlaces
            : facts.StartsAt <= now ? ChangeDateResult.InThePast
            : facts.Limits.HeldBack != known.Limits.HeldBack && facts.Limits.HeldBack?.Until <= now ? ChangeDateResult.HeldUntilPast
            : null;
    }

    private async Task<int> TakenOfSectorAsync(Guid runId, HeldBack? held, CancellationToken ct) => held is null ? 0 : await (
        from place in db.LivePlaces
        join booking in db.Bookings on place.BookingId equals booking.Id
        where place.RunId == runId && booking.SectorId == held.SectorId
        select place).CountAsync(ct);

    /// <summary>Holds nothing back for the moment, so that the table's CHECK sees the new limits only when all of them are written.</summary>
    private Task<int> CountAgainAsync(Guid runId, int takenOfSector, DateTimeOffset now, CancellationToken ct) =>
        db.CourseRuns.Where(run => run.Id == runId).ExecuteUpdateAsync(
            set => set
                .SetProperty(run => run.MinimumPlaces, (int?)null)
                .SetProperty(run => run.HeldBack, 0)
                .SetProperty(run => run.HeldBackForId, (Guid?)null)
                .SetProperty(run => run.HeldBackUntil, (DateTimeOffset?)null)
                .SetProperty(run => run.HeldBackTaken, takenOfSector)
                .SetProperty(run => run.CountedAt, now),
            ct);

    /// <summary>No offer lasts longer than booking does. Who has less time for it is told until when, unless it is over: then the list tells them that it has closed.</summary>
    /// <returns>What is noted of it; null when no offer ends sooner.</returns>
    private async Task<string?> EndOffersInTimeAsync(DateLine run, DateTimeOffset now, CancellationToken ct)
    {
        var tooLong = await db.WaitingListEntries.Where(entry => entry.RunId == run.Id && entry.OfferedUntil > run.ClosesAt).InOrder().ToListAsync(ct);
        foreach (var entry in tooLong)
        {
            entry.Offer(run.ClosesAt);
            if (run.ClosesAt > now)
            {
                WaitingListEvent.Add(db, entry.Id, WaitingEventKind.Offered, now, run.ClosesAt);
                WaitingEmails.OfferedForLess(db, site.Value, run, entry, run.ClosesAt, now);
            }
        }

        return tooLong.Count == 0 ? null
            : tooLong.Count == 1 ? "1 offer to the waiting list ends sooner. Who has it is told by email."
            : $"{tooLong.Count} offers to the waiting list end sooner. Who has them is told by email.";
    }

    private static string? Join(string? one, string? other) => one is null || other is null ? one ?? other : $"{one} {other}";

    private async Task<string?> TellAsync(Guid runId, DateLine before, DateLine after, string? reason, DateTimeOffset now, CancellationToken ct)
    {
        var people = await DatePeople.ReadAsync(db, runId, ct);
        foreach (var on in people.Bookings)
        {
            var summary = await BookingSummaries.ReadAsync(db, on.Booking, on.Places, ct);
            var emails = await BookingSummaries.EmailsAsync(db, on.Booking, summary, site.Value, now, ct);
            BookingSummaries.TellBooker(db, on.Booking, emails.DateMoved(before, after, reason, on.Booking.State), now);
            if (on.Booking.State != BookingState.Confirmed)
            {
                continue;
            }

            foreach (var person in summary.DelegatesBesideBooker)
            {
                db.Add(OutgoingEmail.To(person.Email, BookingEmails.DateMovedFor(person, before, after, reason, site.Value), now, on.Booking.Reference));
            }
        }

        foreach (var entry in people.Waiting)
        {
            var message = new WaitedDateChangedEmail(
                entry.Name, before.CourseDate(), after.CourseDate(), site.Value.Absolute(CatalogueUrls.Course(after.Slug)));
            db.Add(OutgoingEmail.To(entry.Email, message, now));
        }

        var places = people.Bookings.Sum(on => on.Places.Count);
        return places + people.Waiting.Count == 0 ? null
            : $"{places} {(places == 1 ? "person" : "people")} in {people.Bookings.Count} {(people.Bookings.Count == 1 ? "booking" : "bookings")} and {people.Waiting.Count} waiting were told.";
    }

    private async Task<DateLine> LineAsync(Guid runId, CancellationToken ct) =>
        await BookingSummaries.RunAsync(db, runId, ct) ?? throw new InvalidOperationException($"There is no date {runId}.");
}

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.FreePlaces;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings;

internal enum DecideResult
{
    Decided,

    /// <summary>Decided before, or withdrawn because the booking was cancelled.</summary>
    NotPending,

    /// <summary>Every course of the order has begun: the application has lapsed, or does so with the next run of the job.</summary>
    Lapsed,

    /// <summary>A date has no price, so that declining could offer nothing.</summary>
    NothingToOffer,

    /// <summary>The organisation would have more free places this year than the policy gives.</summary>
    OverAllowance,

    /// <summary>All organisations together would have more than the budget of the year.</summary>
    OverBudget,

    /// <summary>No policy has been published, so that nothing says what may be given.</summary>
    NoPolicy,
}

/// <summary>
/// Answers an application for free places, once, for all places of the order whose courses have not begun. Approved: the organisation has an
/// award for the year, under which the places are certain and cost nothing; never more than the award and the year hold. Declined: they stay held for some days (<see cref="FreePlaceHold"/>) and the applicant is told why and
/// how to pay instead.
/// </summary>
internal sealed class DecideFreePlace(
    TrainingHubDb db, ConfirmPlaces confirm, ReleaseHold release, GiveAward give, DecideAlone alone, TimeProvider clock, IOptions<SiteOptions> site)
{
    public async Task<DecideResult> ApproveAsync(Guid applicationId, Actor by, CancellationToken ct)
    {
        if (await alone.IsAsync(applicationId, ct))
        {
            return await alone.ApproveAsync(applicationId, by, ct);
        }

        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var (found, refusal) = await LockAsync(applicationId, now, ct);
        if (found is null)
        {
            return refusal;
        }

        var (booking, places) = (found.Locked.Booking, found.Locked.LivePlaces);
        var pence = await PenceAsync(booking, places, ct);
        var undo = KeepUndo.Begin(db, now);
        var (given, over) = await give.RunAsync(found.Application, booking.OrganisationId, [.. pence.Values], now, ct);
        if (given is null)
        {
            return over;
        }

        found.Application.Approve(by.Id, given.Award.Id, now);
        foreach (var place in places)
        {
            place.UseAward(given.Award.Id, pence[place.Id]);
        }

        await db.SaveChangesAsync(ct);
        Note(found, by, FreePlaceState.Approved, undo, now);
        await confirm.RunAsync(booking.Id, now, ct);
        undo.End(UndoFreePlace.Kind, booking.Id, new DecidedBefore(FreePlaceState.Approved, given.IsNew ? given.Award.Id : null));
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return DecideResult.Decided;
    }

    /// <param name="applicationId"></param>
    /// <param name="reason">As the applicant reads it.</param>
    /// <param name="by"></param>
    /// <param name="ct"></param>
    /// <param name="rule">Which rule was not met; null when the reason says all.</param>
    public async Task<DecideResult> DeclineAsync(Guid applicationId, string reason, Actor by, CancellationToken ct, DeclinedRule? rule = null)
    {
        if (await alone.IsAsync(applicationId, ct))
        {
            return await alone.DeclineAsync(applicationId, rule, reason, by, ct);
        }

        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var (found, refusal) = await LockAsync(applicationId, now, ct);
        if (found is null)
        {
            return refusal;
        }

        var (application, locked) = found;
        var booking = locked.Booking;
        var summary = await BookingSummaries.ReadAsync(db, booking, locked.LivePlaces, ct);
        if (summary.Dates.Any(date => date.Run.Price is null))
        {
            return DecideResult.NothingToOffer;
        }

        var prices = (await PenceAsync(booking, locked.LivePlaces, ct)).Values.ToList();
        var heldUntil = FreePlaceHold.Until(now, locked.FirstStartsAt);
        var undo = KeepUndo.Begin(db, now);
        application.Decline(by.Id, reason, now, rule);
        Note(found, by, FreePlaceState.Declined, undo, now);
        booking.OfferPayment(heldUntil);
        var emails = await BookingSummaries.EmailsAsync(db, booking, summary, site.Value, now, ct);
        BookingSummaries.TellBooker(db, booking, emails.Declined(DeclineWords.Of(rule), reason, prices, heldUntil), now);
        undo.End(UndoFreePlace.Kind, booking.Id, new DecidedBefore(FreePlaceState.Declined));
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return DecideResult.Decided;
    }

    /// <summary>What each place would cost at this moment; 0 where a date has no price.</summary>
    private async Task<Dictionary<Guid, int>> PenceAsync(Booking booking, IReadOnlyList<Place> places, CancellationToken ct)
    {
        var runs = await BookingSummaries.RunsForAsync(db, booking, places.Select(place => place.RunId), ct);
        var prices = await OrderPrices.OfPlacesAsync(db, places.Select(place => (place.Id, place.RunId, place.PersonId)), runs, ct);
        return places.ToDictionary(place => place.Id, place => prices.GetValueOrDefault(place.Id)?.Each.Pence ?? 0);
    }

    // Not the reason: it is kept with the application, and goes with it.
    private void Note(ToDecide found, Actor by, FreePlaceState decided, KeepUndo undo, DateTimeOffset now) => HistoryEntry.Add<Booking>(
        db, found.Locked.Booking.Id, by, $"Free place {decided.ToString().ToLowerInvariant()}", [], now, id: undo.Id);

    private sealed record ToDecide(FreePlaceApplication Application, LockedBooking Locked);

    /// <returns>What is to be decided, without the places that it comes too late for; or null and why not.</returns>
    private async Task<(ToDecide? Found, DecideResult Refusal)> LockAsync(Guid applicationId, DateTimeOffset now, CancellationToken ct)
    {
        var bookingId = await db.Bookings.Where(one => one.FreePlaceApplicationId == applicationId).Select(one => (Guid?)one.Id)
            .SingleOrDefaultAsync(ct);
        if (bookingId is not { } id || await BookingLock.TakeAsync(db, id, ct) is not { } locked)
        {
            return (null, DecideResult.NotPending);
        }

        var application = await db.FreePlaceApplications.SingleAsync(one => one.Id == applicationId, ct);
        await db.Entry(application).ReloadAsync(ct);
        if (application.State != FreePlaceState.Pending || locked.Booking.State != BookingState.Held)
        {
            return (null, application.State == FreePlaceState.Lapsed ? DecideResult.Lapsed : DecideResult.NotPending);
        }

        if (locked.LivePlaces.All(place => locked.HasBegun(place, now)))
        {
            return (null, DecideResult.Lapsed);
        }

        var left = await release.BegunAsync(locked, now, ct) ? await BookingLock.TakeAsync(db, id, ct) : locked;
        return (new(application, left ?? locked), DecideResult.Decided);
    }
}

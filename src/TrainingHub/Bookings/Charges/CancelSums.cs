using Microsoft.EntityFrameworkCore;
using TrainingHub.Catalogue;

namespace TrainingHub.Bookings;

/// <summary>What cancelling one place means for money, in pence.</summary>
/// <param name="PlaceId"></param>
/// <param name="PricePence"></param>
/// <param name="DuePence">What stays due of the price.</param>
/// <param name="FreeLatePence">Of a free place: what staff may charge for it.</param>
/// <param name="PaidPence">Of a booking that is paid when it is made: what is still here for the place. Null where an invoice asks for the price.</param>
internal readonly record struct CancelSum(Guid PlaceId, int PricePence, int DuePence, int FreeLatePence, int? PaidPence = null)
{
    /// <summary>What the payer need not pay, or has back.</summary>
    public int BackPence => PaidPence is { } paid ? Math.Max(0, paid - DuePence) : PricePence - DuePence;

    /// <summary>What the payer goes on owing, or does not have back.</summary>
    public int StaysPence => PaidPence is { } paid ? Math.Min(paid, DuePence) : DuePence;
}

/// <summary>
/// What cancelling these places costs at one instant, by the policy that the booking accepted. Nothing is due before a booking is certain,
/// of a date that the partnership has moved since or has moved the place to, by a booking that accepted no policy, and of what was paid elsewhere.
/// </summary>
/// <param name="Places"></param>
/// <param name="Policy">That the booking accepted.</param>
/// <param name="NextChangeAt">When more stays due.</param>
/// <param name="IsMovedByUs"></param>
/// <param name="IsPartGone">Less comes back than the price, because some went back before.</param>
internal sealed record CancelSums(IReadOnlyList<CancelSum> Places, CancellationPolicy? Policy, DateTimeOffset? NextChangeAt, bool IsMovedByUs, bool IsPartGone)
{
    public int DuePence => Places.Sum(place => place.DuePence);
    public int BackPence => Places.Sum(place => place.BackPence);
    public int StaysPence => Places.Sum(place => place.StaysPence);
    public int FreeLatePence => Places.Sum(place => place.FreeLatePence);

    public CancelSum Of(Guid placeId) => Places.First(place => place.PlaceId == placeId);

    /// <summary>For places of one booking on dates as they stand; under the lock of the dates true until the commit.</summary>
    public static async Task<CancelSums> ReadAsync(TrainingHubDb db, Booking booking, IReadOnlyList<Place> places, DateTimeOffset now, CancellationToken ct)
    {
        var runIds = places.Select(place => place.RunId).Distinct().ToList();
        var runs = await db.CourseRuns.AsNoTracking().Where(run => runIds.Contains(run.Id))
            .Select(run => new { run.Id, run.StartsAt, run.MovedAt }).ToDictionaryAsync(run => run.Id, ct);
        var policy = await PolicyOfAsync(db, booking, ct);
        var sums = new List<CancelSum>();
        var (next, isMoved) = ((DateTimeOffset?)null, false);
        foreach (var place in places)
        {
            var run = runs[place.RunId];
            var wasMoved = run.MovedAt > place.CreatedAt || place.MovedByUsAt is not null;
            isMoved |= wasMoved;
            if (policy is null || wasMoved || !IsCharged(booking))
            {
                sums.Add(new(place.Id, place.PricePence, 0, 0));
                continue;
            }

            var terms = CancellationTerms.Of(policy, run.StartsAt);
            next = Earlier(next, terms.NextChangeAt(now));
            var isFree = booking.PaymentMethod == PaymentMethod.FreePlace && place.PricePence == 0;
            sums.Add(new(place.Id, place.PricePence, terms.PenceAt(place.PricePence, now), isFree && terms.PercentAt(now) > 0 ? policy.FreeLatePence : 0));
        }

        if (!IsCharged(booking) || booking.PaymentMethod is not (PaymentMethod.Card or PaymentMethod.Desk))
        {
            return new(sums, policy, next, isMoved, IsPartGone: false);
        }

        var paid = await db.PlacesPaid.AsNoTracking().Where(place => place.BookingId == booking.Id).ToDictionaryAsync(place => place.PlaceId, ct);
        var told = WithPaid(sums, paid);
        return new(told, policy, next, isMoved, paid.Values.Any(place => place.GonePence > 0) && told.Sum(sum => sum.PaidPence) < told.Sum(sum => sum.PricePence));
    }

    /// <summary>
    /// Of what was paid, what is still here for each place. Where the order's other places, or one of these, have less than they are owed,
    /// it is taken from what would come back, as the order is one payment.
    /// </summary>
    public static IReadOnlyList<CancelSum> WithPaid(IReadOnlyList<CancelSum> sums, IReadOnlyDictionary<Guid, PlacePaid> paid)
    {
        var ending = sums.Select(sum => sum.PlaceId).ToHashSet();
        var lacking = sums.Sum(sum => Math.Max(0, sum.DuePence - paid[sum.PlaceId].HeldPence));
        var missing = lacking + paid.Values.Where(place => !ending.Contains(place.PlaceId)).Sum(place => place.OwedPence - place.HeldPence);
        var given = 0;
        var told = new List<CancelSum>();
        foreach (var sum in sums)
        {
            var held = paid[sum.PlaceId].HeldPence;
            var taken = Math.Clamp(missing - given, 0, Math.Max(0, held - sum.DuePence));
            given += taken;
            told.Add(sum with { PaidPence = Math.Max(0, held) - taken });
        }

        given = Math.Min(given, lacking);
        for (var i = 0; i < told.Count; i++)
        {
            var sum = told[i];
            var taken = Math.Clamp(sum.DuePence - (sum.PaidPence ?? 0), 0, given);
            given -= taken;
            told[i] = sum with { PaidPence = sum.PaidPence + taken };
        }

        return told;
    }

    /// <summary>The version that the booking accepted; null when it accepted none.</summary>
    public static async Task<CancellationPolicy?> PolicyOfAsync(TrainingHubDb db, Booking booking, CancellationToken ct) =>
        booking.CancellationPolicyId is { } id ? await db.CancellationPolicies.AsNoTracking().SingleAsync(policy => policy.Id == id, ct) : null;

    private static bool IsCharged(Booking booking) => booking.State == BookingState.Confirmed && Booking.TakenHere.Contains(booking.Origin);

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one is { } first && other is { } second
        ? first < second ? first : second
        : one ?? other;
}

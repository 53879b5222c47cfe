using Microsoft.EntityFrameworkCore;
using TrainingHub.Catalogue;

namespace TrainingHub.Bookings;

/// <summary>What cancelling one place means for money, in pence.</summary>
/// <param name="PlaceId"></param>
/// <param name="PricePence"></param>
/// <param name="DuePence">What stays due of the price.</param>
/// <param name="FreeLatePence">Of a free place: what staff may charge for it.</param>
internal readonly record struct CancelSum(Guid PlaceId, int PricePence, int DuePence, int FreeLatePence)
{
    /// <summary>What the payer need not pay, or has back.</summary>
    public int BackPence => PricePence - DuePence;
}

/// <summary>
/// What cancelling these places costs at one instant, by the policy that the booking accepted. Nothing is due before a booking is certain,
/// of a date that the partnership has moved since or has moved the place to, by a booking that accepted no policy, and of what was paid elsewhere.
/// </summary>
internal sealed record CancelSums(IReadOnlyList<CancelSum> Places, CancellationPolicy? Policy, DateTimeOffset? NextChangeAt, bool IsMovedByUs)
{
    public int DuePence => Places.Sum(place => place.DuePence);
    public int BackPence => Places.Sum(place => place.BackPence);
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

        return new(sums, policy, next, isMoved);
    }

    /// <summary>The version that the booking accepted; null when it accepted none.</summary>
    public static async Task<CancellationPolicy?> PolicyOfAsync(TrainingHubDb db, Booking booking, CancellationToken ct) =>
        booking.CancellationPolicyId is { } id ? await db.CancellationPolicies.AsNoTracking().SingleAsync(policy => policy.Id == id, ct) : null;

    private static bool IsCharged(Booking booking) => booking.State == BookingState.Confirmed && Booking.TakenHere.Contains(booking.Origin);

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one is { } first && other is { } second
        ? first < second ? first : second
        : one ?? other;
}

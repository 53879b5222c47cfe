using Microsoft.EntityFrameworkCore;
using TrainingHub.Catalogue;
using TrainingHub.Platform;

namespace TrainingHub.Bookings;

/// <summary>The policy that a booking accepted, in words for its own dates: on its page, before it is cancelled and in its emails.</summary>
internal static class BookingPolicy
{
    /// <summary>The lines of one date; of several dates the policy in working days, which holds for each.</summary>
    public static async Task<IReadOnlyList<string>> LinesAsync(
        TrainingHubDb db, Booking booking, CancellationPolicy policy, IReadOnlyList<Place> places, DateTimeOffset now, CancellationToken ct)
    {
        if (booking.PaymentMethod != PaymentMethod.FreePlace && places.All(place => place.PricePence == 0))
        {
            return CancellationWords.Free;
        }

        var runIds = places.Select(place => place.RunId).Distinct().ToList();
        var runs = await (
            from run in db.CourseRuns
            join course in db.Courses on run.CourseId equals course.Id
            where runIds.Contains(run.Id)
            select new { run.StartsAt, course.Length }).ToListAsync(ct);
        if (runs.Count != 1)
        {
            return CancellationWords.Of(policy);
        }

        var prices = places.Select(place => place.PricePence).Distinct().ToList();
        var terms = CancellationTerms.Of(policy, runs[0].StartsAt);
        return booking.PaymentMethod == PaymentMethod.FreePlace
            ? CancellationWords.FreePlace(terms, runs[0].Length, now)
            : CancellationWords.Paid(terms, prices.Count == 1 ? new Money(prices[0]) : null, now);
    }

    /// <summary>What somebody accepts who books these dates now, at one price each; empty before there is a policy.</summary>
    public static IReadOnlyList<string> BeforeBooking(
        CancellationPolicy? policy, PaymentMethod method, IReadOnlyList<DateLine> runs, IReadOnlyCollection<int> pence, DateTimeOffset now)
    {
        if (policy is null)
        {
            return [];
        }

        if (method == PaymentMethod.Free)
        {
            return CancellationWords.Free;
        }

        if (runs.Count > 1)
        {
            return CancellationWords.Of(policy);
        }

        var terms = CancellationTerms.Of(policy, runs[0].StartsAt);
        return method == PaymentMethod.FreePlace
            ? CancellationWords.FreePlace(terms, runs[0].Length, now)
            : CancellationWords.Paid(terms, pence.Distinct().ToList() is [var one] ? new Money(one) : null, now);
    }

    /// <summary>The same by the policy that the booking accepted; empty when it accepted none.</summary>
    public static async Task<IReadOnlyList<string>> LinesAsync(
        TrainingHubDb db, Booking booking, IReadOnlyList<Place> places, DateTimeOffset now, CancellationToken ct) =>
        places.Count > 0 && await CancelSums.PolicyOfAsync(db, booking, ct) is { } policy ? await LinesAsync(db, booking, policy, places, now, ct) : [];

    /// <summary>The same of all live places.</summary>
    public static async Task<IReadOnlyList<string>> LinesAsync(TrainingHubDb db, Booking booking, DateTimeOffset now, CancellationToken ct)
    {
        var live = await db.Places.AsNoTracking()
            .Where(place => place.BookingId == booking.Id && db.LivePlaces.Any(one => one.Id == place.Id))
            .ToListAsync(ct);
        return await LinesAsync(db, booking, live, now, ct);
    }
}

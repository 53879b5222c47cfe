using TrainingHub.Platform;

namespace TrainingHub.Portal;

/// <summary>What confirmed places cost, by the financial year of their dates.</summary>
internal sealed record SpentYear(FinancialYear Year, int Places, int Pence)
{
    /// <summary>The latest first; years in which nothing was confirmed are left out.</summary>
    public static IReadOnlyList<SpentYear> Of(IEnumerable<SeenPlace> places) =>
    [
        .. places.Where(place => place.IsLive && place.PlaceState == Bookings.PlaceState.Confirmed)
            .GroupBy(place => place.Year)
            .Select(year => new SpentYear(year.Key, year.Count(), year.Sum(place => place.ChargedPence)))
            .OrderByDescending(year => year.Year.StartsIn),
    ];
}

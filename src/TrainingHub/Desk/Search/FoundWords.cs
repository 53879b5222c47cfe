using TrainingHub.Bookings;
using TrainingHub.Catalogue;
using TrainingHub.People;

namespace TrainingHub.Desk;

internal static class FoundWords
{
    public static string State(FoundPlace place) => place.State switch
    {
        PlaceState.Held => "not confirmed",
        PlaceState.Confirmed => "the last one",
        PlaceState.Cancelled => "cancelled",
        PlaceState.Expired => "released",
    };

    public static string By(DateLine date, SearchText text) =>
        date.Reference.Contains(text.Typed, StringComparison.OrdinalIgnoreCase) ? "reference" : "day";
}

using TrainingHub.FreePlaces;

namespace TrainingHub.Bookings;

/// <summary>What places cost that were applied for as free ones: each state of the application has words of its own.</summary>
internal static class FreePlaceWords
{
    /// <param name="normal">What the places cost without a free place, "£110 (2 places at £55)"; null when a date has no price.</param>
    /// <param name="rule">Why they cost so much.</param>
    public static (string Price, string Note) Price(FreePlaceState state, BookingState booking, string? normal, string rule)
    {
        if (booking is BookingState.Cancelled or BookingState.Expired)
        {
            return ("Nothing to pay", "Nothing is booked");
        }

        return state switch
        {
            FreePlaceState.Pending => ("Not decided yet", normal is null ? "Nothing to pay if you get a free place" : $"Nothing to pay if you get a free place, otherwise {normal}"),
            FreePlaceState.Approved => ("Nothing to pay", BookPlace.FreePlaceRule),
            FreePlaceState.Declined => normal is null ? ("Not set yet", "Ask the training team") : (normal, rule),
            FreePlaceState.Withdrawn or FreePlaceState.Lapsed => ("Nothing to pay", "Nothing is booked"),
        };
    }
}

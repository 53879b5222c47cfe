namespace TrainingHub.Bookings;

/// <summary>How bookings are called on the pages of staff.</summary>
internal static class BookingWords
{
    /// <summary>", and 1 more date" after the first date of an order; nothing when that is the only one.</summary>
    public static string MoreDates(int more) => more switch
    {
        0 => "",
        1 => ", and 1 more date",
        _ => $", and {more} more dates",
    };

    public static string Origin(BookingOrigin origin) => origin switch
    {
        BookingOrigin.Online => "on this site",
        BookingOrigin.Import => "imported from a file",
        BookingOrigin.Invented => "invented example",
    };
}

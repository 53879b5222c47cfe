namespace TrainingHub.Bookings;

/// <summary>How bookings are called on the pages of staff.</summary>
internal static class BookingWords
{
    public static string Origin(BookingOrigin origin) => origin switch
    {
        BookingOrigin.Online => "on this site",
        BookingOrigin.Import => "imported from a file",
        BookingOrigin.Invented => "invented example",
    };
}

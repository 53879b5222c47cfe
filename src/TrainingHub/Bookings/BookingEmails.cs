using TrainingHub.Catalogue;
using TrainingHub.Emails;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings;

/// <summary>The messages of a booking, filled in. The token opens the booking and stands in the emails alone.</summary>
internal sealed class BookingEmails(BookingSummary booking, SiteOptions site, SecretToken token)
{
    private string ManageUrl => site.Absolute(BookingUrls.PrivateLink(token.Value));
    private string CalendarUrl => site.Absolute(BookingUrls.PrivateCalendar(token.Value));

    /// <summary>A private link works until a year after the course.</summary>
    public static DateTimeOffset LinkExpiry(DateTimeOffset endsAt) => endsAt.AddYears(1);

    public static string DateUrl(BookableRun run, SiteOptions site) => site.Absolute(CatalogueUrls.Date(run.Id));

    /// <summary>How a confirmed booking is paid; null when nothing is due.</summary>
    public string? PaymentWords(DateTimeOffset now) => booking.Method switch
    {
        PaymentMethod.Invoice when booking.PurchaseOrder is { } order => $"By invoice, purchase order {order}",
        PaymentMethod.Invoice => "By invoice",
        PaymentMethod.Card => $"Paid by card on {London.Words(London.DateOf(now))}",
        PaymentMethod.Free or PaymentMethod.FreePlace or PaymentMethod.NotKnown => null,
    };

    public BookingConfirmedEmail Confirmed(string? payment) => new(
        booking.BookerName, booking.Reference, booking.Run.Date, booking.Names, booking.PriceWords, payment,
        booking.AccessNeedsGiven, ManageUrl, CalendarUrl);

    public BookingReceivedEmail Received(BookingAwaits awaits, DateTimeOffset? heldUntil) => new(
        booking.BookerName, booking.Reference, booking.Run.Date, booking.Names, awaits,
        heldUntil is { } until ? London.Moment(until) : null, ManageUrl);

    public FreePlaceApprovedEmail Approved() => new(
        booking.BookerName, booking.Reference, booking.Run.Date, booking.Names, booking.AccessNeedsGiven, ManageUrl, CalendarUrl);

    public FreePlaceDeclinedEmail Declined(string reason, int pricePence, DateTimeOffset heldUntil) => new(
        booking.BookerName, booking.Reference, booking.Run.Date, booking.Names, reason,
        BookingSummary.WordsOf([.. booking.Delegates.Select(_ => pricePence)]), London.Moment(heldUntil),
        site.Absolute(BookingUrls.PrivatePayment(token.Value)));

    public PlaceCancelledEmail PlaceCancelled(IReadOnlyList<string> stillBooked, BookingState state) => new(
        booking.BookerName, booking.Reference, booking.Run.Date, booking.Names[0], stillBooked, MoneyBack(booking, state), ManageUrl);

    public DelegateSwappedEmail Swapped(string newcomer, bool areBothTold) => new(
        booking.BookerName, booking.Reference, booking.Run.Date, booking.Delegates[0].Name, newcomer, ManageUrl, areBothTold);

    /// <summary>To each delegate but the booker, who has an email of their own.</summary>
    public static IEnumerable<OutgoingEmail> ToDelegates(BookingSummary booking, SiteOptions site, DateTimeOffset now)
    {
        foreach (var (name, address, hasAccessNeeds) in booking.DelegatesBesideBooker)
        {
            var message = new YouAreBookedEmail(name, booking.BookerName, booking.Run.Date, hasAccessNeeds, DateUrl(booking.Run, site));
            yield return OutgoingEmail.To(address, message, now, booking.Reference);
        }
    }

    public static BookingCancelledEmail Cancelled(BookingSummary booking, BookingState was, SiteOptions site) => new(
        booking.BookerName, booking.Reference, booking.Run.Date, booking.Names, null, MoneyBack(booking, was),
        site.Absolute(CatalogueUrls.Course(booking.Run.CourseSlug)));

    public static YourPlaceCancelledEmail YourPlaceCancelled(string name, BookingSummary booking, SiteOptions site) => new(
        name, booking.BookerName, booking.Run.Date, null, site.Absolute(CatalogueUrls.Course(booking.Run.CourseSlug)));

    public static BookingExpiredEmail Expired(BookingSummary booking, SiteOptions site, bool isCard) => new(
        booking.BookerName, booking.Reference, booking.Run.Date, DateUrl(booking.Run, site), isCard);

    public static FreePlaceLapsedEmail Lapsed(BookingSummary booking, SiteOptions site) => new(
        booking.BookerName, booking.Reference, booking.Run.Date, booking.Names, site.Absolute(CatalogueUrls.Course(booking.Run.CourseSlug)));

    /// <summary>What a cancellation means for money, in the words shown before it and mailed after it. Null when none was due.</summary>
    public static string? MoneyBack(BookingSummary booking, BookingState was)
    {
        var total = new Money(booking.Delegates.Sum(person => person.PricePence));
        if (total == Money.Zero)
        {
            return null;
        }

        return (booking.Method, was) switch
        {
            (PaymentMethod.Card, BookingState.Held) => "You have not been charged.",
            (PaymentMethod.Card, _) => $"You paid {total} by card for what is cancelled. The training team will write to you about it.",
            _ => $"The price of what is cancelled is {total}. The training team will write to you about the invoice.",
        };
    }
}

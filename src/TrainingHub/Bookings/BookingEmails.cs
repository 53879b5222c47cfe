using TrainingHub.Emails;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings;

internal sealed record BookedDelegate(string Name, string? Email, bool HasAccessNeeds, int PricePence);

/// <summary>What the emails of a booking speak of. <paramref name="Delegates"/> are those with a live place.</summary>
internal sealed record BookingFacts(
    string Reference,
    string BookerName,
    string BookerEmail,
    PaymentMethod Method,
    string? PurchaseOrder,
    IReadOnlyList<BookedDelegate> Delegates,
    string PriceRule,
    BookableRun Run);

/// <summary>The messages of a booking, filled in. The token opens the booking and stands in the emails alone.</summary>
internal sealed class BookingEmails(BookingFacts booking, SiteOptions site, SecretToken token)
{
    private readonly string bookerKey = Person.KeyOf(booking.BookerEmail);

    private string ManageUrl => site.Absolute(BookingUrls.PrivateLink(token.Value));
    private string CalendarUrl => site.Absolute(BookingUrls.PrivateCalendar(token.Value));
    private string DateUrl => site.Absolute($"/dates/{booking.Run.Id}");
    private IReadOnlyList<string> Names => [.. booking.Delegates.Select(person => person.Name)];
    private bool AccessNeedsGiven => booking.Delegates.Any(person => person.HasAccessNeeds);

    /// <summary>A private link works until a year after the course.</summary>
    public static DateTimeOffset LinkExpiry(DateTimeOffset endsAt) => endsAt.AddYears(1);

    /// <summary>"£110 (2 places at £55)" or "Free".</summary>
    public static string PriceWords(IReadOnlyCollection<int> pencePerPlace)
    {
        var total = new Money(pencePerPlace.Sum());
        if (total == Money.Zero || pencePerPlace.Count == 1)
        {
            return total.ToString();
        }

        return pencePerPlace.Distinct().Count() == 1
            ? $"{total} ({pencePerPlace.Count} places at {new Money(pencePerPlace.First())})"
            : $"{total} ({pencePerPlace.Count} places)";
    }

    private string Price => PriceWords([.. booking.Delegates.Select(person => person.PricePence)]);

    /// <summary>How it will be paid; null when nothing is due.</summary>
    public string? PaymentWords => booking.Method switch
    {
        PaymentMethod.Invoice when booking.PurchaseOrder is { } order => $"By invoice, purchase order {order}",
        PaymentMethod.Invoice => "By invoice",
        PaymentMethod.Card => "By card",
        PaymentMethod.Free or PaymentMethod.FreePlace or PaymentMethod.NotKnown => null,
    };

    public BookingConfirmedEmail Confirmed(string? payment) => new(
        booking.BookerName, booking.Reference, booking.Run.Date, Names, Price, payment, AccessNeedsGiven, ManageUrl, CalendarUrl);

    public BookingReceivedEmail Received(BookingAwaits awaits, DateTimeOffset? heldUntil) => new(
        booking.BookerName,
        booking.Reference,
        booking.Run.Date,
        Names,
        awaits,
        heldUntil is { } until ? London.Moment(until) : null,
        ManageUrl);

    public FreePlaceApprovedEmail Approved() => new(
        booking.BookerName, booking.Reference, booking.Run.Date, Names, AccessNeedsGiven, ManageUrl, CalendarUrl);

    /// <summary>To each delegate but the booker, who has an email of their own.</summary>
    public IEnumerable<OutgoingEmail> ToDelegates(DateTimeOffset now)
    {
        foreach (var person in booking.Delegates)
        {
            if (person.Email is { } address && Person.KeyOf(address) != bookerKey)
            {
                var message = new YouAreBookedEmail(person.Name, booking.BookerName, booking.Run.Date, person.HasAccessNeeds, DateUrl);
                yield return OutgoingEmail.To(address, message, now, booking.Reference);
            }
        }
    }
}

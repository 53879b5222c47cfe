using TrainingHub.Catalogue;
using TrainingHub.Emails;
using TrainingHub.FreePlaces;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings;

/// <summary>The messages of a booking, filled in. The token opens the booking and is in the emails alone.</summary>
internal sealed class BookingEmails(BookingSummary booking, SiteOptions site, SecretToken token)
{
    private string ManageUrl => site.Absolute(BookingUrls.PrivateLink(token.Value));
    private string CalendarUrl => site.Absolute(BookingUrls.PrivateCalendar(token.Value));

    /// <summary>A private link works until a year after the last course of the order.</summary>
    public static DateTimeOffset LinkExpiry(DateTimeOffset lastEndsAt) => lastEndsAt.AddYears(1);

    public static string DateUrl(DateLine run, SiteOptions site) => site.Absolute(CatalogueUrls.Date(run.Id));

    /// <summary>How a confirmed booking is paid; null when nothing is due.</summary>
    public string? PaymentWords(DateTimeOffset now) => booking.Method switch
    {
        PaymentMethod.Invoice when booking.PurchaseOrder is { } order => $"By invoice, purchase order {order}",
        PaymentMethod.Invoice => "By invoice",
        PaymentMethod.Card => $"Paid by card on {London.Words(London.DateOf(now))}",
        PaymentMethod.Desk => "Paid to the training team",
        PaymentMethod.Free or PaymentMethod.FreePlace or PaymentMethod.NotKnown => null,
    };

    public BookingConfirmedEmail Confirmed(string? payment) => new(
        booking.BookerName, booking.Reference, booking.Run.CourseDate(), booking.Names, booking.PriceWords, payment,
        booking.AccessNeedsGiven, ManageUrl, CalendarUrl, booking.EmailDates, booking.Policy);

    /// <param name="awaits"></param>
    /// <param name="heldUntil">Null while it is held until a decision.</param>
    /// <param name="decideOn">By when an application is decided.</param>
    public BookingReceivedEmail Received(BookingAwaits awaits, DateTimeOffset? heldUntil, DateOnly? decideOn = null) => new(
        booking.BookerName, booking.Reference, booking.Run.CourseDate(), booking.Names, awaits,
        heldUntil is { } until ? London.Moment(until) : null, ManageUrl, booking.EmailDates, decideOn is { } day ? London.Words(day) : null);

    /// <param name="award">What the organisation may book besides; null when an application of before there were awards is approved.</param>
    public FreePlaceApprovedEmail Approved(AwardToUse? award) => new(
        booking.BookerName, booking.Reference, booking.Run.CourseDate(), booking.Names, booking.AccessNeedsGiven, ManageUrl, CalendarUrl,
        booking.EmailDates, booking.Policy, award);

    /// <param name="rule">The rule that is not met, as a sentence; null when the reason says all.</param>
    /// <param name="reason">The coordinator's words.</param>
    /// <param name="pence">What each place would cost now.</param>
    /// <param name="heldUntil">Until when the applicant may choose how to pay.</param>
    public FreePlaceDeclinedEmail Declined(string? rule, string reason, IReadOnlyCollection<int> pence, DateTimeOffset heldUntil) => new(
        booking.BookerName, booking.Reference, booking.Run.CourseDate(), booking.Names, reason,
        BookingSummary.WordsOf(pence), London.Moment(heldUntil), site.Absolute(BookingUrls.PrivatePayment(token.Value)), booking.EmailDates, rule,
        site.Absolute(FreePlaceUrls.FreeForEveryone));

    /// <summary>Some places are cancelled, those that this booking's summary speaks of.</summary>
    /// <param name="kept">The booking with the places that it still has.</param>
    /// <param name="money">What becomes of it; null when none was due.</param>
    public PlaceCancelledEmail PlacesCancelled(BookingSummary kept, string? money)
    {
        var isOneDate = booking.Dates.Concat(kept.Dates).DistinctBy(date => date.Run.Id).Count() == 1;
        return new(
            booking.BookerName, booking.Reference, booking.Run.CourseDate(), booking.Names[0], kept.Names, money, ManageUrl,
            isOneDate ? null : [.. booking.Dates.Select(date => date.Email)],
            isOneDate ? null : [.. kept.Dates.Select(date => date.Email)]);
    }

    public DelegateSwappedEmail Swapped(string newcomer, bool areBothTold) => new(
        booking.BookerName, booking.Reference, booking.Run.CourseDate(), booking.Dates[0].Delegates[0].Name, newcomer, ManageUrl, areBothTold);

    /// <summary>This booking's summary speaks of the places for which somebody was named now.</summary>
    public PlacesNamedEmail Named(bool areTold) => new(
        booking.BookerName, booking.Reference, [.. booking.Dates.Select(date => date.Email)], ManageUrl, areTold && booking.DelegatesBesideBooker.Any());

    /// <summary>This booking's summary speaks of the places for which nobody is named yet.</summary>
    public NamesWantedEmail NamesWanted() => new(
        booking.BookerName, booking.Reference, [.. booking.Dates.Select(date => date.Email)],
        London.LongWords(NameLater.LastDay(booking.Run.RunsOn)), site.Absolute(BookingUrls.PrivateNames(token.Value)));

    /// <summary>To each delegate but the booker, who has an email of their own. A delegate's email names their dates alone.</summary>
    /// <param name="booking"></param>
    /// <param name="links">Gets the links to their own pages, which are to be saved with the emails.</param>
    /// <param name="now"></param>
    public static IEnumerable<OutgoingEmail> ToDelegates(BookingSummary booking, DelegateLinks links, DateTimeOffset now)
    {
        foreach (var person in booking.DelegatesBesideBooker)
        {
            var key = PersonKey.Of(person.Email, person.Name);
            var dates = person.Runs.Select((run, index) => new OrderDate(run.CourseDate(), [], links.UrlOf(person.PlaceIds[index], key, run.EndsAt))).ToList();
            var message = new YouAreBookedEmail(
                person.Name, booking.BookerName, dates[0].Date, person.HasAccessNeeds, dates[0].Url!, dates.Count > 1 ? dates : null, links.AskBefore);
            yield return OutgoingEmail.To(person.Email, message, now, booking.Reference);
        }
    }

    public static BookingCancelledEmail Cancelled(BookingSummary booking, string? money, SiteOptions site) => new(
        booking.BookerName, booking.Reference, booking.Run.CourseDate(), booking.Names, null, money, OtherDatesUrl(booking, site),
        booking.EmailDates);

    public static YourPlaceCancelledEmail YourPlaceCancelled(BookedPerson person, BookingSummary booking, SiteOptions site) => new(
        person.Name, booking.BookerName, person.Runs[0].CourseDate(), null, OtherDatesUrl(booking, site), DatesOf(person));

    public static BookingExpiredEmail Expired(BookingSummary booking, SiteOptions site, bool isCard) => new(
        booking.BookerName, booking.Reference, booking.Run.CourseDate(),
        booking.Dates.Count > 1 ? site.Absolute(CatalogueUrls.Courses) : DateUrl(booking.Run, site), isCard, booking.EmailDates);

    /// <param name="booking">With the places whose dates have begun.</param>
    /// <param name="held">With those that still wait for the decision; null when there are none.</param>
    /// <param name="site"></param>
    public static FreePlaceLapsedEmail Lapsed(BookingSummary booking, BookingSummary? held, SiteOptions site) => new(
        booking.BookerName, booking.Reference, booking.Run.CourseDate(), booking.Names, OtherDatesUrl(booking, site), booking.EmailDates,
        held is null ? null : [.. held.Dates.Select(date => date.Email)]);

    /// <summary>Staff have moved one place to another date.</summary>
    /// <param name="to"></param>
    /// <param name="reason">Their words; null when they say none.</param>
    /// <param name="price">That the price has changed, as a sentence; null when it has not.</param>
    public DateMovedEmail PlaceMoved(DateLine to, string? reason, string? price) => new(
        booking.BookerName, booking.Reference, booking.Run.CourseDate(), to.CourseDate(), booking.Names, reason, null,
        CanChoose: false, ManageUrl, CalendarUrl, IsOnePlace: true, price);

    public static DateMovedEmail PlaceMovedFor(BookedPerson person, BookingSummary before, DateLine to, string? reason, string url) => new(
        person.Name, null, before.Run.CourseDate(), to.CourseDate(), [], reason, null, CanChoose: false, url, IsOnePlace: true);

    /// <summary>What the booker has to have in hand, whatever they had before.</summary>
    /// <param name="of">The booking.</param>
    /// <param name="payment">How it was paid; null when this does not know or nothing was due.</param>
    public IEmailMessage Standing(Booking of, string? payment) => of.State == BookingState.Confirmed
        ? of is { PaymentMethod: PaymentMethod.FreePlace, FreePlaceApplicationId: not null } ? Approved(award: null) : Confirmed(payment)
        : Received(
            of is { PaymentMethod: PaymentMethod.FreePlace, HeldUntil: null } ? BookingAwaits.FreePlaceDecision : BookingAwaits.CardPayment,
            of.HeldUntil);

    /// <summary>The partnership has cancelled a date, with the places that this booking's summary speaks of.</summary>
    /// <param name="run">The date, cancelled.</param>
    /// <param name="kept">The booking with the places that it still has; null when it has none.</param>
    /// <param name="was">The booking's state before.</param>
    public DateCancelledEmail DateCancelled(CourseRun run, BookingSummary? kept, BookingState was)
    {
        var until = was == BookingState.Confirmed ? run.ChooseUntil : null;
        return new(
            booking.BookerName, booking.Reference, booking.Run.CourseDate(), booking.Names, run.CancelReason ?? "",
            MoneyOfCancelledDate(booking, was, until), until is { } end ? London.Moment(end) : null,
            until is null ? OtherDatesUrl(booking, site) : ManageUrl, kept is null ? null : [.. kept.Dates.Select(date => date.Email)]);
    }

    public static YourPlaceCancelledEmail DateCancelledFor(BookedPerson person, BookingSummary booking, CourseRun run, SiteOptions site) =>
        YourPlaceCancelled(person, booking, site) with { Reason = run.CancelReason };

    public DateMovedEmail DateMoved(DateLine before, DateLine after, string? reason, BookingState state) => new(
        booking.BookerName, booking.Reference, before.CourseDate(), after.CourseDate(), booking.Names, reason, null,
        CanChoose: state == BookingState.Confirmed, ManageUrl, CalendarUrl);

    public static DateMovedEmail DateMovedFor(BookedPerson person, DateLine before, DateLine after, string? reason, SiteOptions site) => new(
        person.Name, null, before.CourseDate(), after.CourseDate(), [], reason, null, CanChoose: false, DateUrl(after, site));

    /// <summary>The booker has chosen another date for the places that this booking's summary speaks of.</summary>
    public DateMovedEmail DateChosen(DateLine to) => new(
        booking.BookerName, booking.Reference, booking.Run.CourseDate(), to.CourseDate(), booking.Names, null, booking.BookerName,
        CanChoose: false, ManageUrl, CalendarUrl);

    public static DateMovedEmail DateChosenFor(BookedPerson person, BookingSummary before, DateLine to, SiteOptions site) => new(
        person.Name, null, before.Run.CourseDate(), to.CourseDate(), [], null, before.BookerName, CanChoose: false, DateUrl(to, site));

    /// <summary>What becomes of the money when the partnership cancels, in the words shown before it and mailed after it. Null when none was due.</summary>
    public static string? MoneyOfCancelledDate(BookingSummary booking, BookingState was, DateTimeOffset? chooseUntil)
    {
        var total = new Money(booking.Delegates.Sum(person => person.PricePence));
        if (total == Money.Zero)
        {
            return null;
        }

        if (!booking.IsTakenHere)
        {
            return PaidElsewhere(total);
        }

        return (booking.Method, was) switch
        {
            (PaymentMethod.Card, BookingState.Held) => "You have not been charged.",
            (PaymentMethod.Card, _) => chooseUntil is { } until
                ? $"If you choose no other date, {total} goes back to the card or account that paid after {London.Moment(until)}. You need not ask."
                : $"{total} goes back to the card or account that paid. You need not ask. We email you when it is on its way.",
            (PaymentMethod.Desk, _) => $"You paid {total} to the training team. Reply to this email to say how you want it back.",
            (PaymentMethod.Invoice, _) => $"Nothing is due for {(booking.PlaceCount == 1 ? "this place" : "these places")} ({total}). The office has been told to put an invoice right that has gone out.",
            _ => null,
        };
    }

    // Nothing here knows whether it was paid, or invoiced, so nothing is promised.
    private static string PaidElsewhere(Money total) => $"The price of what is cancelled is {total}. If you have paid it, reply to this email to say how you want it back.";

    private static string OtherDatesUrl(BookingSummary booking, SiteOptions site) => site.Absolute(
        booking.Dates.DistinctBy(date => date.Run.CourseId).Count() > 1 ? CatalogueUrls.Courses : CatalogueUrls.Course(booking.Run.Slug));

    private static IReadOnlyList<OrderDate>? DatesOf(BookedPerson person) =>
        person.Runs.Count > 1 ? [.. person.Runs.Select(run => new OrderDate(run.CourseDate(), []))] : null;
}

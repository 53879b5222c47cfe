using Microsoft.EntityFrameworkCore;
using TrainingHub.Attendance;
using TrainingHub.Bookings;
using TrainingHub.Catalogue;
using TrainingHub.Payments;
using TrainingHub.People;
using TrainingHub.Platform.Email;

namespace TrainingHub.Desk.Pages.Staff;

/// <summary>One person on one date of a booking, and what can be done about it.</summary>
internal sealed record PlaceRow(
    Guid Id, CourseRun Run, string Course, Guid? PersonId, string? Name, string? Email, string? AccessNeeds, int PricePence, string PriceRule, PlaceState State,
    Mark? Mark)
{
    public Guid RunId => Run.Id;
    public DateOnly RunsOn => Run.RunsOn;
    public DateTimeOffset StartsAt => Run.StartsAt;
    public bool IsLive => Place.LiveStates.Contains(State);
    /// <inheritdoc cref="Place.AwaitsName"/>
    public bool AwaitsName { get; init; }

    public string NameWords => Name ?? (AwaitsName ? "Not named yet" : "Name not held");

    public string StateWords => State switch
    {
        PlaceState.Held => "Not confirmed yet",
        PlaceState.Confirmed => Mark is { } mark ? mark.ToString() : "Confirmed",
        PlaceState.Cancelled => "Cancelled",
        PlaceState.Expired => "Released",
    };

    public static Task<List<PlaceRow>> ReadAsync(TrainingHubDb db, Guid booking, CancellationToken ct) => (
        from place in db.Places.AsNoTracking()
        join run in db.CourseRuns.AsNoTracking() on place.RunId equals run.Id
        join course in db.Courses on run.CourseId equals course.Id
        where place.BookingId == booking
        orderby run.StartsAt, place.State, place.DelegateName, place.Id
        select new PlaceRow(
            place.Id,
            run,
            course.Title,
            place.PersonId,
            place.DelegateName,
            db.People.Where(person => person.Id == place.PersonId).Select(person => person.Email).FirstOrDefault(),
            place.AccessNeeds,
            place.PricePence,
            place.PriceRule,
            place.State,
            db.AttendanceMarks.Where(mark => mark.PlaceId == place.Id).Select(mark => (Mark?)mark.Mark).FirstOrDefault())
        { AwaitsName = place.AwaitsName }).ToListAsync(ct);
}

/// <summary>Each payment and refund of a booking, its invoices and credit notes, and what all of it comes to.</summary>
internal sealed record BookingMoneyLines(
    IReadOnlyList<Payment> Payments, IReadOnlyList<Refund> Refunds, IReadOnlyList<Invoice> Invoices, IReadOnlyList<CreditNote> Credits, BookingMoney? Sum)
{
    public OwedAndPaid OwedAndPaid => new(Sum?.OwedPence ?? 0, (Sum?.PaidPence ?? 0) - (Sum?.RefundedPence ?? 0));

    public bool IsEmpty => Payments.Count == 0 && Invoices.Count == 0;

    public Payment PaymentOf(Refund refund) => Payments.First(payment => payment.Id == refund.PaymentId);

    public static string WayWords(Payment payment, BookingOrigin origin) =>
        payment.Provider == PaymentProvider.Imported && origin == BookingOrigin.Invented ? BookingWords.Origin(origin) : PaymentWords.Came(payment);

    public static string StateWords(Payment payment) => payment.Problem is { } problem ? PaymentWords.Short(problem) : PaymentWords.State(payment.State);

    public static async Task<BookingMoneyLines> ReadAsync(TrainingHubDb db, Guid booking, CancellationToken ct)
    {
        var payments = await db.Payments.AsNoTracking().Where(payment => payment.BookingId == booking).OrderBy(payment => payment.Attempt).ToListAsync(ct);
        var ids = payments.Select(payment => payment.Id).ToList();
        return new(
            payments,
            await db.Refunds.AsNoTracking().Where(refund => ids.Contains(refund.PaymentId)).OrderBy(refund => refund.CreatedAt).ToListAsync(ct),
            await db.Invoices.AsNoTracking().Where(invoice => invoice.BookingId == booking).OrderBy(invoice => invoice.Number).ToListAsync(ct),
            await db.CreditNotes.AsNoTracking().Where(credit => db.Invoices.Any(invoice => invoice.Id == credit.InvoiceId && invoice.BookingId == booking)).OrderBy(credit => credit.Number).ToListAsync(ct),
            await db.BookingMoney.AsNoTracking().FirstOrDefaultAsync(money => money.BookingId == booking, ct));
    }
}

internal sealed record EmailLine(Guid Id, DateTimeOffset CreatedAt, string Kind, string Subject, string To, EmailState State, string? LastError);

/// <param name="Handler">The page's handler that sends it.</param>
/// <param name="What"></param>
/// <param name="To"></param>
/// <param name="Place">Whose, when it is a delegate's.</param>
internal sealed record EmailOffer(string Handler, string What, string To, Guid? Place = null);

/// <summary>The emails about a booking, the last first, and those that make sense to send again.</summary>
internal sealed record BookingEmailLines(IReadOnlyList<EmailLine> Sent, IReadOnlyList<EmailOffer> Offers)
{
    public const int Most = 20;

    public static async Task<BookingEmailLines> ReadAsync(
        TrainingHubDb db, Booking booking, IReadOnlyList<PlaceRow> places, BookingMoneyLines money, DateTimeOffset now, CancellationToken ct)
    {
        var sent = await db.OutgoingEmails.AsNoTracking().Where(email => email.About == booking.Reference)
            .OrderByDescending(email => email.CreatedAt).ThenByDescending(email => email.Id)
            .Take(Most)
            .Select(email => new EmailLine(email.Id, email.CreatedAt, email.Kind, email.Subject, email.ToAddress, email.State, email.LastError))
            .ToListAsync(ct);
        return new(sent, [.. OffersOf(booking, places, money, now)]);
    }

    private static IEnumerable<EmailOffer> OffersOf(Booking booking, IReadOnlyList<PlaceRow> places, BookingMoneyLines money, DateTimeOffset now)
    {
        if (SendAgain.CanTellBooker(booking))
        {
            yield return new("SendBooker", booking.State == BookingState.Confirmed ? "Booking confirmed" : "We have your booking", booking.BookerEmail!);
        }

        if (money.Invoices.Where(invoice => invoice.OpenPence > 0).Select(invoice => invoice.NumberWords).ToList() is { Count: > 0 } open
            && SendMoneyAgain.InvoiceAddress(booking) is { } finance)
        {
            yield return new("SendInvoice", open.Count == 1 ? $"Invoice {open[0]}" : $"Invoices {string.Join(", ", open)}", finance);
        }

        if (booking.BookerEmail is { } booker && money.Payments.Any(payment => payment.State == PaymentState.Paid && payment.Provider != PaymentProvider.Imported))
        {
            yield return new("SendReceipt", "Receipt", booker);
        }

        foreach (var place in places.Where(place => place.State == PlaceState.Confirmed && place.Email is not null && booking.State == BookingState.Confirmed))
        {
            var isBooker = PersonKey.Of(place.Email!, place.Name ?? "") == PersonKey.Of(booking.BookerEmail ?? "", booking.BookerName ?? "");
            if (!isBooker && now < place.StartsAt)
            {
                yield return new("SendDelegate", $"You are booked, {place.Name}", place.Email!, place.Id);
            }

            if (SendAgain.CanSendLink(place.Run, now))
            {
                yield return new("SendLink", $"Joining link, {place.Name}", place.Email!, place.Id);
            }
        }
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.Bookings;
using TrainingHub.Emails;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Web;

namespace TrainingHub.Payments;

/// <summary>Adds the emails about money to what is saved next. Those to the coordinator name no person.</summary>
internal sealed class PaymentMail(TrainingHubDb db, IOptions<SiteOptions> site)
{
    public async Task TellReceivedAsync(Payment payment, DateTimeOffset now, CancellationToken ct)
    {
        var (booking, summary) = await ReadAsync(payment.BookingId, ct);
        var token = await BookingSummaries.NewLinkAsync(db, booking.Id, now, ct);
        BookingSummaries.TellBooker(db, booking, new PaymentReceivedEmail(
            summary.BookerName, booking.Reference, summary.Run.CourseDate(), PaymentWords.Received(payment), London.Words(London.DateOf(payment.PaidAt ?? now)),
            PaymentWords.Way(payment), site.Value.Absolute(BookingUrls.PrivateReceipt(token.Value)), summary.EmailDates), now);
    }

    /// <summary>Money came for which there is no place; it goes back by itself.</summary>
    public async Task TellNoPlaceAsync(Payment payment, DateTimeOffset now, CancellationToken ct)
    {
        var (booking, summary) = await ReadAsync(payment.BookingId, ct);
        BookingSummaries.TellBooker(db, booking, new PaymentReturnedEmail(
            summary.BookerName, booking.Reference, summary.Run.CourseDate(), PaymentWords.Received(payment),
            WasTooLate: payment.Problem == PaymentProblem.PaidLateAndFull, BookingEmails.DateUrl(summary.Run, site.Value), summary.EmailDates), now);
    }

    public async Task TellRefundedAsync(Payment payment, Refund refund, DateTimeOffset now, CancellationToken ct)
    {
        var places = await (
            from share in db.RefundShares
            where share.RefundId == refund.Id
            select share.PlaceId).ToListAsync(ct);
        var (booking, summary) = await ReadAsync(payment.BookingId, places, ct);
        BookingSummaries.TellBooker(db, booking, new RefundMadeEmail(
            summary.BookerName, booking.Reference, summary.Run.CourseDate(), PaymentWords.Amount(refund.AmountPence, payment.ReceivedCurrency),
            PaymentWords.Why(refund.Reason), "It goes to the card or account that paid, usually within 5 to 10 working days.", summary.EmailDates), now);
    }

    public void TellCoordinator(Payment payment, string reference, DateTimeOffset now)
    {
        var problem = payment.Problem ?? throw new ArgumentException("There is no problem to tell of.", nameof(payment));
        Tell(payment, reference, PaymentWords.Problem(problem), PaymentWords.NextStep(payment, problem), PaymentWords.Received(payment), now);
    }

    public async Task TellRefundFailedAsync(Payment payment, Refund refund, DateTimeOffset now, CancellationToken ct)
    {
        var reference = await db.Bookings.Where(one => one.Id == payment.BookingId).Select(one => one.Reference).SingleAsync(ct);
        Tell(
            payment, reference, "A refund did not go through.",
            "Open the payment and ask for the refund again, or pay it back by other means and mark it as dealt with.",
            PaymentWords.Amount(refund.AmountPence, payment.ReceivedCurrency), now);
    }

    private void Tell(Payment payment, string reference, string problem, string nextStep, string amount, DateTimeOffset now)
    {
        var message = new PaymentNeedsAttentionEmail(
            reference, problem, amount, nextStep, site.Value.Absolute(PaymentUrls.StaffPayment(payment.Id)));
        db.Add(OutgoingEmail.To(site.Value.ContactEmail, message, now, reference));
    }

    private Task<(Booking Booking, BookingSummary Summary)> ReadAsync(Guid bookingId, CancellationToken ct) => ReadAsync(bookingId, only: null, ct);

    private async Task<(Booking Booking, BookingSummary Summary)> ReadAsync(Guid bookingId, List<Guid>? only, CancellationToken ct)
    {
        var booking = await db.Bookings.SingleAsync(one => one.Id == bookingId, ct);
        var places = await db.Places.Where(place => place.BookingId == bookingId && (only == null || only.Contains(place.Id)))
            .OrderBy(place => place.Id).ToListAsync(ct);
        return (booking, await BookingSummaries.ReadAsync(db, booking, places, ct));
    }
}

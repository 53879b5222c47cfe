using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Platform;

namespace TrainingHub.Payments;

/// <summary>
/// All that needs a person about money, each from the one place that says so. In memory, because the kinds have nothing in common but that
/// somebody waits: hundreds of rows, not thousands, where somebody looks after them.
/// </summary>
internal sealed partial class ReadToDo(TrainingHubDb db, TimeProvider clock)
{
    /// <summary>Of each kind, the longest there first.</summary>
    public const int MostOfAKind = 5_000;

    private readonly DateTimeOffset now = clock.GetUtcNow();

    public async Task<IReadOnlyList<ToDoRow>> RunAsync(CancellationToken ct)
    {
        var all = new List<ToDoRow>();
        foreach (var kind in Enum.GetValues<ToDoKind>())
        {
            all.AddRange(await OfAsync(kind, ct));
        }

        return all;
    }

    public Task<IReadOnlyList<ToDoRow>> OfAsync(ToDoKind kind, CancellationToken ct) => kind switch
    {
        ToDoKind.Decide => ProblemsAsync(ToDoKind.Decide, OpenProblems.Of(db).Where(payment => payment.Problem != PaymentProblem.Disputed && payment.Problem != PaymentProblem.DisputeLost), ct),
        ToDoKind.Disputed => ProblemsAsync(ToDoKind.Disputed, OpenProblems.Of(db).Where(payment => payment.Problem == PaymentProblem.Disputed || payment.Problem == PaymentProblem.DisputeLost), ct),
        ToDoKind.PayBack => PayBackAsync(ct),
        ToDoKind.Overpaid => OverpaidAsync(ct),
        ToDoKind.Refund => RefundsAsync(ct),
        ToDoKind.PastDue => InvoicesAsync(ct),
        ToDoKind.Bank => BankAsync(ct),
        ToDoKind.NotInvoiced => NotInvoicedAsync(ct),
        ToDoKind.Difference => DifferencesAsync(ct),
    };

    private async Task<IReadOnlyList<ToDoRow>> ProblemsAsync(ToDoKind kind, IQueryable<Payment> problems, CancellationToken ct)
    {
        var rows = await (
            from payment in problems
            join booking in db.Bookings on payment.BookingId equals booking.Id
            orderby payment.CreatedAt, payment.Id
            select new
            {
                payment,
                booking.Reference,
                By = booking.BookerName ?? booking.OrganisationName,
                OpenedAt = db.Disputes.Where(dispute => dispute.PaymentId == payment.Id).Max(dispute => (DateTimeOffset?)dispute.OpenedAt),
                EndedAt = db.Places.Where(place => place.BookingId == booking.Id).Max(place => place.EndedAt),
                Failed = db.Refunds.Any(refund => refund.PaymentId == payment.Id && refund.State == RefundState.Failed),
            }).AsNoTracking().Take(MostOfAKind).ToListAsync(ct);
        return rows.ConvertAll(row => new ToDoRow(
            kind, $"Payment for {row.Reference}", PaymentUrls.StaffPayment(row.payment.Id),
            $"{PaymentWords.Problem(row.payment.Problem!.Value)}{(row.Failed ? " A refund of it failed." : "")}",
            SinceOf(row.payment, row.OpenedAt, row.EndedAt),
            PaymentWords.Received(row.payment), row.payment.ReceivedAmount ?? row.payment.AmountPence)
        {
            Who = row.By,
            Reference = row.Reference,
            DueAt = row.payment.ProblemDueAt,
            Act = new(kind == ToDoKind.Decide ? "Decide" : "What to do", PaymentUrls.StaffPayment(row.payment.Id)),
        });
    }

    /// <summary>Since what raised it: the dispute, the cancellation, or the payment itself.</summary>
    private static DateTimeOffset SinceOf(Payment payment, DateTimeOffset? disputedAt, DateTimeOffset? endedAt) =>
        (payment.IsDisputed ? disputedAt : payment.Problem == PaymentProblem.PlacesCancelled ? endedAt : null) ?? payment.PaidAt ?? payment.CreatedAt;

    private async Task<IReadOnlyList<ToDoRow>> PayBackAsync(CancellationToken ct)
    {
        var places = await (
            from place in PayBackByHand.Left(db)
            join booking in db.Bookings on place.BookingId equals booking.Id
            orderby booking.CancelledAt, booking.Id
            select new
            {
                place.Pence,
                place.IsLive,
                booking.Reference,
                By = booking.BookerName ?? booking.OrganisationName,
                booking.CancelledAt,
                PaidAt = db.Payments.Where(payment => payment.BookingId == booking.Id).Max(payment => payment.PaidAt),
            }).Take(MostOfAKind).ToListAsync(ct);
        var rows = places.GroupBy(place => (place.Reference, place.By, place.CancelledAt, place.PaidAt)).ToList();
        return rows.ConvertAll(row => new ToDoRow(
            ToDoKind.PayBack, $"Booking {row.Key.Reference}", Money(row.Key.Reference),
            row.Any(place => !place.IsLive) ? "Staff took it for places that were cancelled. No job pays it back." : "Staff took more than the places cost. No job pays it back.",
            row.Key.CancelledAt ?? row.Key.PaidAt ?? now, new Money(row.Sum(place => place.Pence)).ToString(), row.Sum(place => place.Pence))
        {
            Who = row.Key.By,
            Reference = row.Key.Reference,
            Act = new("Record it as paid back", Money(row.Key.Reference)),
        });
    }

    private async Task<IReadOnlyList<ToDoRow>> OverpaidAsync(CancellationToken ct)
    {
        var rows = await (
            from money in Overpaid.Of(db, now)
            join booking in db.Bookings on money.BookingId equals booking.Id
            orderby booking.CreatedAt, booking.Id
            select new
            {
                booking.Reference,
                By = booking.BookerName ?? booking.OrganisationName,
                Pence = money.PaidPence - money.RefundedPence - money.LeavingPence - money.KeptPence - money.DisputedPence - money.OwedPence + money.WrittenOffPence,
                PaidAt = db.Payments.Where(payment => payment.BookingId == money.BookingId).Max(payment => payment.PaidAt),
            }).Take(MostOfAKind).ToListAsync(ct);
        return rows.ConvertAll(row => new ToDoRow(
            ToDoKind.Overpaid, $"Booking {row.Reference}", Money(row.Reference), "More was paid than the booking costs now. Look at what came in, and pay the rest back the way it came.",
            row.PaidAt ?? now, new Money(row.Pence).ToString(), row.Pence)
        {
            Who = row.By,
            Reference = row.Reference,
        });
    }

    private async Task<IReadOnlyList<ToDoRow>> RefundsAsync(CancellationToken ct)
    {
        var rows = await (
            from refund in UnconfirmedRefunds.Of(db, now)
            join payment in db.Payments on refund.PaymentId equals payment.Id
            join booking in db.Bookings on payment.BookingId equals booking.Id
            orderby refund.CreatedAt, refund.Id
            select new { refund, payment.ReceivedCurrency, booking.Reference, By = booking.BookerName ?? booking.OrganisationName }).AsNoTracking().Take(MostOfAKind).ToListAsync(ct);
        return rows.ConvertAll(row => new ToDoRow(
            ToDoKind.Refund, $"Refund for {row.Reference}", PaymentUrls.StaffPayment(row.refund.PaymentId),
            $"Nobody has confirmed it. {PaymentWords.State(row.refund)}. Look for it in Stripe before you tell the payer that it was made.", row.refund.CreatedAt,
            PaymentWords.Amount(row.refund.AmountPence, row.ReceivedCurrency), row.refund.AmountPence)
        {
            Who = row.By,
            Reference = row.Reference,
        });
    }

    private static string Money(string reference) => BookingUrls.StaffBooking(reference) + "#money";
}

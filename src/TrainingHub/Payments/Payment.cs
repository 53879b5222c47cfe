using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingHub.Bookings;
using TrainingHub.People;

namespace TrainingHub.Payments;

internal enum PaymentProvider
{
    Stripe,

    /// <summary>Paid elsewhere before it was imported.</summary>
    Imported,

    /// <summary>Staff took it.</summary>
    Desk,
}

/// <summary>How money came to staff.</summary>
internal enum DeskWay
{
    Cash,
    CardTerminal,
    BankTransfer,
}

internal enum PaymentState
{
    /// <summary>A checkout is open, or about to be; money may still come.</summary>
    Pending,

    /// <summary>The buyer is done and a bank transfer is under way: the places wait for it.</summary>
    AwaitingBank,
    Paid,

    /// <summary>The checkout closed without money.</summary>
    Expired,
}

internal enum PaymentProblem
{
    /// <summary>The money came when the places were gone: it goes back.</summary>
    PaidLateAndFull,
    AmountDiffers,
    CurrencyDiffers,

    /// <summary>The booking was already paid by another checkout, or cancelled: it goes back.</summary>
    NotOwed,

    /// <summary>Paid rightly, but places were cancelled since: the coordinator decides what goes back.</summary>
    PlacesCancelled,

    /// <summary>Stripe was asked and its answer cannot be used: it knows of no such thing, or says what this program does not know.</summary>
    Unexplained,

    /// <summary>The payer asked their bank for the money back. Nothing but a person, or Stripe saying that it was won, closes this.</summary>
    Disputed,
    DisputeLost,
}

/// <summary>
/// One attempt to pay for a booking. What Stripe says was received is recorded first, whatever became of the places; problem is
/// a named state that the coordinator sees, never a lost sum.
/// </summary>
internal sealed class Payment
{
    public const int NoteLength = 200;
    public const int DeskReferenceLength = 60;

    public required Guid Id { get; init; }
    public required Guid BookingId { get; init; }
    public required PaymentProvider Provider { get; init; }

    /// <summary>1, 2 … for each booking; part of Stripe's idempotency key.</summary>
    public required int Attempt { get; init; }
    public required int AmountPence { get; init; }

    /// <summary>The invoice that is paid by card; null when a held booking is.</summary>
    public Guid? InvoiceId { get; init; }
    public PaymentState State { get; private set; }
    public PaymentProblem? Problem { get; private set; }

    /// <summary>What Stripe says came in, in the currency's smallest unit. Null until something did.</summary>
    public int? ReceivedAmount { get; private set; }
    public string? ReceivedCurrency { get; private set; }
    public string? CheckoutSessionId { get; private set; }
    public string? CheckoutUrl { get; private set; }

    /// <summary>
    /// Real time. Stored before Stripe is asked, so that a repeat asks for the very same checkout. Null when imported.
    /// </summary>
    public DateTimeOffset? CheckoutExpiresAt { get; init; }
    public string? PaymentIntentId { get; private set; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the checkout was last compared with Stripe.</summary>
    public DateTimeOffset? CheckedAt { get; private set; }
    public DateTimeOffset? PaidAt { get; private set; }

    /// <summary>When staff took it: how, and what the slip, the terminal or the bank calls it.</summary>
    public DeskWay? DeskWay { get; init; }
    public string? DeskReference { get; init; }

    /// <summary>The line of the bank account that it is, or is a part of, where a bank file told of it.</summary>
    public Guid? BankLineId { get; init; }

    /// <summary>When nothing was left to do about the problem; by whom, or null when it settled itself.</summary>
    public DateTimeOffset? ProblemClosedAt { get; private set; }
    public Guid? ProblemClosedById { get; private set; }

    /// <summary>How staff dealt with it, in their words.</summary>
    public string? ProblemNote { get; private set; }

    /// <summary>Until when Stripe takes an answer to the dispute; null when it says no time.</summary>
    public DateTimeOffset? ProblemDueAt { get; private set; }

    public bool IsDisputed => Problem is PaymentProblem.Disputed or PaymentProblem.DisputeLost;

    public bool NeedsAttention => Problem is not null && ProblemClosedAt is null;

    /// <summary>It goes back through Stripe; any other is paid back by hand.</summary>
    public bool IsByStripe => Provider == PaymentProvider.Stripe;

    /// <summary>Foreign money is shown, never added to pounds.</summary>
    public bool IsInPounds => ReceivedCurrency is null or "gbp";

    /// <summary>Belongs to the business act, never to the try: with it a repeat has one effect.</summary>
    public string IdempotencyKey => string.Create(CultureInfo.InvariantCulture, $"booking-{BookingId:N}-pay-{Attempt}");

    /// <summary>The money is here, whatever was asked for.</summary>
    /// <param name="amount">In the currency's smallest unit.</param>
    /// <param name="currency">Lower case.</param>
    /// <param name="paymentIntentId">Null when it came from elsewhere than Stripe.</param>
    /// <param name="now"></param>
    public void Receive(int amount, string currency, string? paymentIntentId, DateTimeOffset now)
    {
        Ensure(State is not PaymentState.Paid, nameof(Receive));
        (State, PaidAt) = (PaymentState.Paid, now);
        (ReceivedAmount, ReceivedCurrency, PaymentIntentId) = (amount, currency, paymentIntentId);
    }

    public void AwaitBank()
    {
        Ensure(State is not PaymentState.Paid, nameof(AwaitBank));
        State = PaymentState.AwaitingBank;
    }

    public void Expire()
    {
        Ensure(State is not PaymentState.Paid, nameof(Expire));
        State = PaymentState.Expired;
    }

    /// <summary>The checkout was compared with Stripe.</summary>
    public void Compare(DateTimeOffset now) => CheckedAt = now;

    /// <summary>An open dispute is not covered up by any other problem.</summary>
    public void Raise(PaymentProblem problem)
    {
        if (IsDisputed && NeedsAttention && problem != PaymentProblem.DisputeLost)
        {
            return;
        }

        (Problem, ProblemClosedAt, ProblemDueAt) = (problem, null, null);
        (ProblemClosedById, ProblemNote) = (null, null);
    }

    /// <summary>The dispute is open, and Stripe takes an answer until then.</summary>
    public void AnswerBy(DateTimeOffset? dueAt) => ProblemDueAt = dueAt;

    /// <summary>Stripe can say again what it could not.</summary>
    public void Explain(DateTimeOffset now)
    {
        if (NeedsAttention && Problem == PaymentProblem.Unexplained)
        {
            ResolvePaymentProblem(now, staffUserId: null, note: null);
        }
    }

    public void ResolvePaymentProblem(DateTimeOffset now, Guid? staffUserId, string? note) =>
        (ProblemClosedAt, ProblemClosedById, ProblemNote) = (now, staffUserId, note);

    /// <summary>What settled its problem was undone.</summary>
    public void TakeBackResolving() => (ProblemClosedAt, ProblemClosedById, ProblemNote) = (null, null, null);

    private void Ensure(bool allowed, string verb)
    {
        if (!allowed)
        {
            throw new InvalidOperationException($"{verb}: payment {Id} is {State}.");
        }
    }
}

internal sealed class PaymentMap : IEntityTypeConfiguration<Payment>
{
    public void Configure(EntityTypeBuilder<Payment> builder)
    {
        builder.HasIndex(payment => new { payment.BookingId, payment.Attempt }).IsUnique();
        builder.HasIndex(payment => payment.CheckoutSessionId).IsUnique();
        builder.HasIndex(payment => payment.PaymentIntentId).IsUnique();
        builder.HasIndex(payment => payment.CreatedAt).HasFilter("state in ('Pending', 'AwaitingBank')");
        builder.HasIndex(payment => payment.CreatedAt, "IxPaymentsOpenProblem").HasFilter("problem is not null and problem_closed_at is null");
        builder.HasIndex(payment => payment.ProblemClosedById);
        builder.HasIndex(payment => payment.InvoiceId).HasFilter("invoice_id is not null");
        builder.HasOne<Invoice>().WithMany().HasForeignKey(payment => payment.InvoiceId);
        builder.HasIndex(payment => payment.BankLineId).HasFilter("bank_line_id is not null");
        builder.Ignore(payment => payment.IsByStripe);
        builder.Property(payment => payment.DeskReference).HasMaxLength(Payment.DeskReferenceLength);
        builder.Property(payment => payment.ProblemNote).HasMaxLength(Payment.NoteLength);
        builder.HasOne<Booking>().WithMany().HasForeignKey(payment => payment.BookingId);
        builder.HasOne<StaffUser>().WithMany().HasForeignKey(payment => payment.ProblemClosedById);
        builder.HasOne<BankLine>().WithMany().HasForeignKey(payment => payment.BankLineId);
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_payments_amount", "amount_pence > 0");
            table.HasCheckConstraint("ck_payments_desk", "(provider = 'Desk') = (desk_way is not null)");
            table.HasCheckConstraint("ck_payments_bank_line", "bank_line_id is null or desk_way = 'BankTransfer'");
            table.HasCheckConstraint("ck_payments_paid", "(state = 'Paid') = (paid_at is not null and received_amount is not null)");
        });
    }
}

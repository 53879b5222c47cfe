using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingHub.Bookings;

namespace TrainingHub.Payments;

internal enum PaymentProvider
{
    Stripe,

    /// <summary>Paid elsewhere before it was imported.</summary>
    Imported,
}

internal enum PaymentState
{
    /// <summary>A checkout is open; money may still come.</summary>
    Pending,
    Paid,

    /// <summary>The checkout closed without money.</summary>
    Expired,
}

internal enum PaymentTrouble
{
    /// <summary>The money came when the places were gone: it goes back.</summary>
    PaidLateAndFull,
    AmountDiffers,
    CurrencyDiffers,

    /// <summary>The booking was already paid by another checkout, or cancelled.</summary>
    NotOwed,
}

/// <summary>
/// One attempt to pay for a booking. What Stripe says was received is recorded first, whatever became of the places; trouble is
/// a named state that the coordinator sees, never a lost sum.
/// </summary>
internal sealed class Payment
{
    public required Guid Id { get; init; }
    public required Guid BookingId { get; init; }
    public required PaymentProvider Provider { get; init; }

    /// <summary>1, 2 … for each booking; part of Stripe's idempotency key.</summary>
    public required int Attempt { get; init; }
    public required int AmountPence { get; init; }
    public PaymentState State { get; set; }
    public PaymentTrouble? Trouble { get; set; }

    /// <summary>What Stripe says came in, in the currency's smallest unit. Null until something did.</summary>
    public int? ReceivedAmount { get; set; }
    public string? ReceivedCurrency { get; set; }
    public string? CheckoutSessionId { get; set; }
    public string? CheckoutUrl { get; set; }
    public string? PaymentIntentId { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the checkout was last compared with Stripe.</summary>
    public DateTimeOffset? CheckedAt { get; set; }
    public DateTimeOffset? PaidAt { get; set; }
}

internal sealed class PaymentMap : IEntityTypeConfiguration<Payment>
{
    public void Configure(EntityTypeBuilder<Payment> builder)
    {
        builder.HasIndex(payment => new { payment.BookingId, payment.Attempt }).IsUnique();
        builder.HasIndex(payment => payment.CheckoutSessionId).IsUnique();
        builder.HasIndex(payment => payment.CreatedAt).HasFilter("state = 'Pending'");
        builder.HasOne<Booking>().WithMany().HasForeignKey(payment => payment.BookingId);
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_payments_amount", "amount_pence > 0");
            table.HasCheckConstraint("ck_payments_paid", "(state = 'Paid') = (paid_at is not null and received_amount is not null)");
        });
    }
}

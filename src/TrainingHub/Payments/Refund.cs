using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingHub.Payments;

internal enum RefundState
{
    /// <summary>Owed; Stripe has not been asked yet, or the asking failed and is tried again.</summary>
    Due,
    Pending,
    Succeeded,
    Failed,
}

internal enum RefundReason
{
    PaidLateAndFull,
    BookingCancelled,
    NotOwed,
}

/// <summary>Money that goes back. Its id is Stripe's idempotency key, so that asking twice refunds once.</summary>
internal sealed class Refund
{
    public required Guid Id { get; init; }
    public required Guid PaymentId { get; init; }
    public required int AmountPence { get; init; }
    public required RefundReason Reason { get; init; }
    public RefundState State { get; set; }
    public string? StripeRefundId { get; set; }
    public string? Error { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? FinishedAt { get; set; }
}

internal sealed class RefundMap : IEntityTypeConfiguration<Refund>
{
    public void Configure(EntityTypeBuilder<Refund> builder)
    {
        builder.HasIndex(refund => refund.PaymentId);
        builder.HasIndex(refund => refund.StripeRefundId).IsUnique();
        builder.HasIndex(refund => refund.CreatedAt).HasFilter("state in ('Due', 'Pending')");
        builder.HasOne<Payment>().WithMany().HasForeignKey(refund => refund.PaymentId);
        builder.ToTable(table => table.HasCheckConstraint("ck_refunds_amount", "amount_pence > 0"));
    }
}

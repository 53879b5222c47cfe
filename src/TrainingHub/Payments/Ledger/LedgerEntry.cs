using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingHub.Bookings;

namespace TrainingHub.Payments;

internal enum LedgerKind
{
    Payment,
    Refund,

    /// <summary>A refund that the buyer's bank sent back after Stripe had called it made.</summary>
    RefundReturned,
}

/// <summary>
/// What one movement of money means for one place, never changed: a payment or refund is entered for each place that has a share
/// in it, and the shares add up to it (the table refuses others). Pence, always positive.
/// </summary>
internal sealed class LedgerEntry
{
    public required Guid Id { get; init; }
    public required Guid BookingId { get; init; }
    public required Guid PlaceId { get; init; }
    public required LedgerKind Kind { get; init; }
    public required int AmountPence { get; init; }
    public Guid? PaymentId { get; init; }
    public Guid? RefundId { get; init; }
    public required DateTimeOffset At { get; init; }
}

internal sealed class LedgerEntryMap : IEntityTypeConfiguration<LedgerEntry>
{
    public void Configure(EntityTypeBuilder<LedgerEntry> builder)
    {
        builder.HasIndex(entry => entry.BookingId);
        builder.HasIndex(entry => entry.PlaceId);
        builder.HasIndex(entry => new { entry.PaymentId, entry.PlaceId }).IsUnique();
        builder.HasIndex(entry => new { entry.RefundId, entry.Kind, entry.PlaceId }).IsUnique();
        builder.HasOne<Booking>().WithMany().HasForeignKey(entry => entry.BookingId);
        builder.HasOne<Place>().WithMany().HasForeignKey(entry => entry.PlaceId);
        builder.HasOne<Payment>().WithMany().HasForeignKey(entry => entry.PaymentId);
        builder.HasOne<Refund>().WithMany().HasForeignKey(entry => entry.RefundId);
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_ledger_entries_amount", "amount_pence > 0");
            table.HasCheckConstraint(
                "ck_ledger_entries_source",
                "(kind = 'Payment' and payment_id is not null and refund_id is null) or (kind in ('Refund', 'RefundReturned') and refund_id is not null and payment_id is null)");
        });
    }
}

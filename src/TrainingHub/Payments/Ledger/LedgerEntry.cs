using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingHub.Bookings;

namespace TrainingHub.Payments;

internal enum LedgerKind
{
    /// <summary>The place is charged more than before. The tables enter it, and what follows, whenever that changes.</summary>
    Charge,

    /// <summary>It is charged less than before.</summary>
    ChargeReversed,
    Payment,
    Refund,

    /// <summary>A refund that the buyer's bank sent back after Stripe had called it made.</summary>
    RefundReturned,
    WriteOff,

    /// <summary>What was written off is asked for again.</summary>
    WriteOffReversed,
}

internal static class LedgerKinds
{
    /// <summary>Money that came or went; the others say what is owed.</summary>
    public static readonly IReadOnlyList<LedgerKind> MoneyMoved = [LedgerKind.Payment, LedgerKind.Refund, LedgerKind.RefundReturned];
}

/// <summary>
/// What one movement means for one place, never changed: what it is charged, what is paid, goes back and is written off. A payment or
/// refund is entered for each place that has a share in it, and the shares add up to it (the table refuses others). Pence, always positive.
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
    public Guid? WriteOffId { get; init; }

    /// <summary>The invoice that was paid, where that is known, or of which something is written off.</summary>
    public Guid? InvoiceId { get; init; }
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
        builder.HasIndex(entry => new { entry.WriteOffId, entry.PlaceId }).IsUnique().HasFilter("write_off_id is not null");
        builder.HasIndex(entry => entry.InvoiceId).HasFilter("invoice_id is not null");
        builder.HasIndex(entry => entry.At);
        builder.HasOne<Booking>().WithMany().HasForeignKey(entry => entry.BookingId);
        builder.HasOne<Place>().WithMany().HasForeignKey(entry => entry.PlaceId);
        builder.HasOne<Payment>().WithMany().HasForeignKey(entry => entry.PaymentId);
        builder.HasOne<Refund>().WithMany().HasForeignKey(entry => entry.RefundId);
        builder.HasOne<WriteOff>().WithMany().HasForeignKey(entry => entry.WriteOffId);
        builder.HasOne<Invoice>().WithMany().HasForeignKey(entry => entry.InvoiceId);
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_ledger_entries_amount", "amount_pence > 0");
            table.HasCheckConstraint(
                "ck_ledger_entries_source",
                """
                (payment_id is not null) = (kind = 'Payment')
                and (refund_id is not null) = (kind in ('Refund', 'RefundReturned'))
                and (write_off_id is not null) = (kind in ('WriteOff', 'WriteOffReversed'))
                and (invoice_id is null or kind in ('Payment', 'WriteOff', 'WriteOffReversed'))
                """);
        });
    }
}

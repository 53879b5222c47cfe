using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingHub.Bookings;
using TrainingHub.People;

namespace TrainingHub.Payments;

/// <summary>
/// A request for payment of one booking. Numbers run without gaps: the next one comes from a locked counter row in the
/// transaction that issues the invoice.
/// </summary>
internal sealed class Invoice
{
    /// <summary>Days from issue to due date.</summary>
    public const int TermDays = 30;

    public required Guid Id { get; init; }
    public required Guid BookingId { get; init; }
    public required int Number { get; init; }
    public required int AmountPence { get; init; }
    public required DateOnly IssuedOn { get; init; }
    public required DateOnly DueOn { get; init; }
    public required string Email { get; init; }
    public string? PurchaseOrder { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Nothing is left to pay of it, because it was paid or the places were cancelled; the tables keep it up to date.</summary>
    public bool IsSettled { get; private set; }

    /// <summary>"INV-00042"</summary>
    public string NumberWords => WordsOf(Number);

    public static string WordsOf(int number) => string.Create(CultureInfo.InvariantCulture, $"INV-{number:00000}");
}

internal sealed class InvoiceMap : IEntityTypeConfiguration<Invoice>
{
    public void Configure(EntityTypeBuilder<Invoice> builder)
    {
        builder.Property(invoice => invoice.Email).HasMaxLength(Person.EmailLength);
        builder.Property(invoice => invoice.PurchaseOrder).HasMaxLength(Booking.PurchaseOrderLength);
        builder.HasIndex(invoice => invoice.Number).IsUnique();
        builder.HasIndex(invoice => invoice.BookingId).IsUnique();
        builder.Property(invoice => invoice.IsSettled).HasDefaultValue(false);
        builder.HasIndex(invoice => invoice.DueOn).HasFilter("not is_settled");
        builder.HasOne<Booking>().WithMany().HasForeignKey(invoice => invoice.BookingId);
        builder.ToTable(table => table.HasCheckConstraint("ck_invoices_amount", "amount_pence > 0"));
    }
}

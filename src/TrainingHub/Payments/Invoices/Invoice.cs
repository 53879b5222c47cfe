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

    /// <summary>Of the organisation, when staff booked for it and know one.</summary>
    public string? PostalAddress { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>What staff have taken off since; below nought what they have added.</summary>
    public int CorrectedPence { get; private set; }

    /// <summary>What it asks for now.</summary>
    public int AskedPence => AmountPence - CorrectedPence;

    /// <summary>It asks for what the booking is charged; the tables keep it up to date.</summary>
    public bool IsRight { get; private set; } = true;

    /// <summary>Nothing is left to pay of it, because it was paid or the places were cancelled; the tables keep it up to date.</summary>
    public bool IsSettled { get; private set; }

    /// <summary>"INV-00042"</summary>
    public string NumberWords => WordsOf(Number);

    public static string WordsOf(int number) => string.Create(CultureInfo.InvariantCulture, $"INV-{number:00000}");

    public void Correct(int chargedPence) => CorrectedPence = AmountPence - chargedPence;
}

internal sealed class InvoiceMap : IEntityTypeConfiguration<Invoice>
{
    public void Configure(EntityTypeBuilder<Invoice> builder)
    {
        builder.Property(invoice => invoice.Email).HasMaxLength(Person.EmailLength);
        builder.Property(invoice => invoice.PurchaseOrder).HasMaxLength(Booking.PurchaseOrderLength);
        builder.Property(invoice => invoice.PostalAddress).HasMaxLength(Organisation.InvoiceAddressLength);
        builder.HasIndex(invoice => invoice.Number).IsUnique();
        builder.HasIndex(invoice => invoice.BookingId).IsUnique();
        builder.Property(invoice => invoice.IsSettled).HasDefaultValue(false);
        builder.Ignore(invoice => invoice.AskedPence);
        builder.Property(invoice => invoice.CorrectedPence).HasDefaultValue(0);
        builder.Property(invoice => invoice.IsRight).HasDefaultValue(true);
        builder.HasIndex(invoice => invoice.CreatedAt).HasFilter("not is_right");
        builder.HasIndex(invoice => invoice.DueOn).HasFilter("not is_settled");
        builder.HasOne<Booking>().WithMany().HasForeignKey(invoice => invoice.BookingId);
        builder.ToTable(table => table.HasCheckConstraint("ck_invoices_amount", "amount_pence > 0"));
    }
}

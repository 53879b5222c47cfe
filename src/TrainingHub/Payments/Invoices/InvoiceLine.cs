using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingHub.Bookings;
using TrainingHub.People;

namespace TrainingHub.Payments;

/// <summary>What an invoice asks for one place, in the words of the day on which it was issued. Pence, more than nought.</summary>
internal sealed class InvoiceLine
{
    public const int DescriptionLength = 400;

    public required Guid Id { get; init; }
    public required Guid InvoiceId { get; init; }
    public required Guid PlaceId { get; init; }

    /// <summary>"Neglect, 27 March 2026"; before it, in words, what is charged when it is not the place's price.</summary>
    public required string Description { get; init; }

    /// <summary>Null where nobody was named, and once the name is forgotten.</summary>
    public string? DelegateName { get; init; }
    public required int AmountPence { get; init; }
}

internal sealed class InvoiceLineMap : IEntityTypeConfiguration<InvoiceLine>
{
    public void Configure(EntityTypeBuilder<InvoiceLine> builder)
    {
        builder.Property(line => line.Description).HasMaxLength(InvoiceLine.DescriptionLength);
        builder.Property(line => line.DelegateName).HasMaxLength(Person.NameLength);
        builder.HasIndex(line => new { line.InvoiceId, line.PlaceId }).IsUnique();
        builder.HasIndex(line => line.PlaceId);
        builder.HasOne<Invoice>().WithMany().HasForeignKey(line => line.InvoiceId);
        builder.HasOne<Place>().WithMany().HasForeignKey(line => line.PlaceId);
        builder.ToTable(table => table.HasCheckConstraint("ck_invoice_lines_amount", "amount_pence > 0"));
    }
}

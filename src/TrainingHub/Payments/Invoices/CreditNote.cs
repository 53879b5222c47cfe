using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingHub.People;

namespace TrainingHub.Payments;

internal enum CreditReason
{
    /// <summary>Places were cancelled, cost less, or a charge was waived.</summary>
    ChargedLess,

    /// <summary>Another invoice stands for it, such as to another addressee.</summary>
    Reissued,
}

/// <summary>What is taken off one invoice, never changed. A series of numbers of its own, without gaps. Pence, more than nought.</summary>
internal sealed class CreditNote
{
    public required Guid Id { get; init; }
    public required Guid InvoiceId { get; init; }
    public required int Number { get; init; }
    public required int AmountPence { get; init; }
    public required CreditReason Reason { get; init; }
    public required DateOnly IssuedOn { get; init; }
    public required string Email { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>"CN-00007"</summary>
    public string NumberWords => WordsOf(Number);

    public static string WordsOf(int number) => string.Create(CultureInfo.InvariantCulture, $"CN-{number:00000}");
}

/// <summary>What of one line of the invoice is taken off; all credit notes together no more than the line asked for.</summary>
internal sealed class CreditNoteLine
{
    public required Guid CreditNoteId { get; init; }
    public required Guid InvoiceLineId { get; init; }
    public required string Description { get; init; }
    public required int AmountPence { get; init; }
}

internal sealed class CreditNoteMap : IEntityTypeConfiguration<CreditNote>
{
    public void Configure(EntityTypeBuilder<CreditNote> builder)
    {
        builder.Property(credit => credit.Email).HasMaxLength(Person.EmailLength);
        builder.HasIndex(credit => credit.Number).IsUnique();
        builder.HasIndex(credit => credit.InvoiceId);
        builder.HasOne<Invoice>().WithMany().HasForeignKey(credit => credit.InvoiceId);
        builder.ToTable(table => table.HasCheckConstraint("ck_credit_notes_amount", "amount_pence > 0"));
    }
}

internal sealed class CreditNoteLineMap : IEntityTypeConfiguration<CreditNoteLine>
{
    public void Configure(EntityTypeBuilder<CreditNoteLine> builder)
    {
        builder.HasKey(line => new { line.CreditNoteId, line.InvoiceLineId });
        builder.Property(line => line.Description).HasMaxLength(InvoiceLine.DescriptionLength);
        builder.HasIndex(line => line.InvoiceLineId);
        builder.HasOne<CreditNote>().WithMany().HasForeignKey(line => line.CreditNoteId);
        builder.HasOne<InvoiceLine>().WithMany().HasForeignKey(line => line.InvoiceLineId);
        builder.ToTable(table => table.HasCheckConstraint("ck_credit_note_lines_amount", "amount_pence > 0"));
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingHub.Payments;

/// <summary>
/// A journal that left for the office's own books: everything entered up to the end of a month that had not left before. Never
/// changed, and what left with one leaves with no other.
/// </summary>
internal sealed class JournalExport
{
    public required Guid Id { get; init; }

    /// <summary>1, 2 …</summary>
    public required int Number { get; init; }

    /// <summary>The first day of the month.</summary>
    public required DateOnly Month { get; init; }

    /// <summary>How many documents and movements of money.</summary>
    public required int Entries { get; init; }

    /// <summary>What its double-entry file debits, and credits.</summary>
    public required long TotalPence { get; init; }

    /// <summary>Of the double-entry file as it left, SHA-256 in hexadecimal figures.</summary>
    public required string Hash { get; init; }
    public required DateTimeOffset ExportedAt { get; init; }
}

/// <summary>An invoice, a credit note or an entry of the ledger, and the journal with which it left.</summary>
internal sealed class JournalSource
{
    public required Guid SourceId { get; init; }
    public required Guid ExportId { get; init; }
}

internal sealed class JournalExportMap : IEntityTypeConfiguration<JournalExport>
{
    public void Configure(EntityTypeBuilder<JournalExport> builder)
    {
        builder.Property(export => export.Hash).HasMaxLength(64);
        builder.HasIndex(export => export.Number).IsUnique();
        builder.HasIndex(export => export.Month);
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_journal_exports_month", "extract(day from month) = 1");
            table.HasCheckConstraint("ck_journal_exports_entries", "entries >= 0 and total_pence >= 0");
        });
    }
}

internal sealed class JournalSourceMap : IEntityTypeConfiguration<JournalSource>
{
    public void Configure(EntityTypeBuilder<JournalSource> builder)
    {
        builder.HasKey(source => source.SourceId);
        builder.HasIndex(source => source.ExportId);
        builder.HasOne<JournalExport>().WithMany().HasForeignKey(source => source.ExportId);
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingHub.People;

namespace TrainingHub.Payments;

/// <summary>
/// What staff do not expect to be paid any more of an invoice. Never changed: one that is taken back is reversed by a row of the same
/// amount below nought.
/// </summary>
internal sealed class WriteOff
{
    public const int ReasonLength = 200;

    public required Guid Id { get; init; }
    public required Guid InvoiceId { get; init; }
    public required int AmountPence { get; init; }

    /// <summary>In staff's words, without names.</summary>
    public required string Reason { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required Guid CreatedById { get; init; }

    /// <summary>The row that this one takes back; null for a write-off.</summary>
    public Guid? ReversesId { get; init; }
}

internal sealed class WriteOffMap : IEntityTypeConfiguration<WriteOff>
{
    public void Configure(EntityTypeBuilder<WriteOff> builder)
    {
        builder.Property(one => one.Reason).HasMaxLength(WriteOff.ReasonLength);
        builder.HasIndex(one => one.InvoiceId);
        builder.HasIndex(one => one.CreatedById);
        builder.HasIndex(one => one.ReversesId).IsUnique();
        builder.HasOne<Invoice>().WithMany().HasForeignKey(one => one.InvoiceId);
        builder.HasOne<StaffUser>().WithMany().HasForeignKey(one => one.CreatedById);
        builder.HasOne<WriteOff>().WithMany().HasForeignKey(one => one.ReversesId);
        builder.ToTable(table => table.HasCheckConstraint("ck_write_offs_amount", "amount_pence <> 0 and (amount_pence > 0) = (reverses_id is null)"));
    }
}

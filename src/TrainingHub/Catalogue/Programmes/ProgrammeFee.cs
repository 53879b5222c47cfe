using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingHub.Catalogue;

/// <summary>What all modules of a programme cost one person together, from a day on and until the next, for one class of payers.</summary>
internal sealed class ProgrammeFee
{
    public required Guid Id { get; init; }
    public required Guid ProgrammeId { get; init; }
    public required Guid PayerClassId { get; init; }
    public required DateOnly StartsOn { get; init; }

    /// <summary>Null: from that day on each module costs its own fee.</summary>
    public required int? PricePence { get; init; }
}

internal sealed class ProgrammeFeeMap : IEntityTypeConfiguration<ProgrammeFee>
{
    public void Configure(EntityTypeBuilder<ProgrammeFee> builder)
    {
        builder.HasIndex(fee => new { fee.ProgrammeId, fee.PayerClassId, fee.StartsOn }).IsUnique();
        builder.HasOne<Programme>().WithMany().HasForeignKey(fee => fee.ProgrammeId);
        builder.HasOne<PayerClass>().WithMany().HasForeignKey(fee => fee.PayerClassId);
        builder.ToTable(table => table.HasCheckConstraint("ck_programme_fees_price", "price_pence > 0"));
    }
}

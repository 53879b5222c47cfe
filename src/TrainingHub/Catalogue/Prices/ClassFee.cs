using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingHub.Catalogue;

/// <summary>What a class pays instead of the fees of a schedule. A class without one pays what everybody pays.</summary>
internal sealed class ClassFee
{
    public required Guid FeeScheduleId { get; init; }
    public required Guid PayerClassId { get; init; }
    public required int HalfDayPence { get; init; }
    public required int FullDayPence { get; init; }
}

internal sealed class ClassFeeMap : IEntityTypeConfiguration<ClassFee>
{
    public void Configure(EntityTypeBuilder<ClassFee> builder)
    {
        builder.HasKey(fee => new { fee.FeeScheduleId, fee.PayerClassId });
        builder.HasOne<FeeSchedule>().WithMany().HasForeignKey(fee => fee.FeeScheduleId);
        builder.HasOne<PayerClass>().WithMany().HasForeignKey(fee => fee.PayerClassId);
        builder.ToTable(table => table.HasCheckConstraint("ck_class_fees_fees", "half_day_pence >= 0 and full_day_pence >= 0"));
    }
}

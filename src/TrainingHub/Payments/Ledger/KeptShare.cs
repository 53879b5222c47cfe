using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingHub.Bookings;

namespace TrainingHub.Payments;

/// <summary>What the coordinator decided not to give back of what a payment brought for one place. Never changed.</summary>
internal sealed class KeptShare
{
    public required Guid Id { get; init; }
    public required Guid PaymentId { get; init; }
    public required Guid PlaceId { get; init; }

    /// <summary>In the payment's own currency, smallest unit.</summary>
    public required int AmountPence { get; init; }
}

internal sealed class KeptShareMap : IEntityTypeConfiguration<KeptShare>
{
    public void Configure(EntityTypeBuilder<KeptShare> builder)
    {
        builder.HasIndex(share => share.PaymentId);
        builder.HasIndex(share => share.PlaceId);
        builder.HasOne<Payment>().WithMany().HasForeignKey(share => share.PaymentId);
        builder.HasOne<Place>().WithMany().HasForeignKey(share => share.PlaceId);
        builder.ToTable(table => table.HasCheckConstraint("ck_kept_shares_amount", "amount_pence > 0"));
    }
}

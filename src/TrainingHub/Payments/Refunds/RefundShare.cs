using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingHub.Bookings;

namespace TrainingHub.Payments;

/// <summary>
/// Which place a part of a refund is for, decided when the refund is asked for: what is cancelled later does not change it. The
/// shares of a refund add up to it, and the table refuses others.
/// </summary>
internal sealed class RefundShare
{
    public required Guid RefundId { get; init; }
    public required Guid PlaceId { get; init; }

    /// <summary>In the payment's own currency, smallest unit.</summary>
    public required int AmountPence { get; init; }
}

internal sealed class RefundShareMap : IEntityTypeConfiguration<RefundShare>
{
    public void Configure(EntityTypeBuilder<RefundShare> builder)
    {
        builder.HasKey(share => new { share.RefundId, share.PlaceId });
        builder.HasIndex(share => share.PlaceId);
        builder.HasOne<Refund>().WithMany().HasForeignKey(share => share.RefundId);
        builder.HasOne<Place>().WithMany().HasForeignKey(share => share.PlaceId);
        builder.ToTable(table => table.HasCheckConstraint("ck_refund_shares_amount", "amount_pence > 0"));
    }
}

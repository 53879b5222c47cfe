using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingHub.Bookings;

namespace TrainingHub.Payments;

/// <summary>
/// What the coordinator decided not to give back of what a payment brought for one place. Never changed: a decision that is undone is
/// reversed by a row of the same amount below nought.
/// </summary>
internal sealed class KeptShare
{
    public required Guid Id { get; init; }
    public required Guid PaymentId { get; init; }
    public required Guid PlaceId { get; init; }

    /// <summary>In the payment's own currency, smallest unit.</summary>
    public required int AmountPence { get; init; }

    /// <summary>The act of staff that decided it, where that can be undone.</summary>
    public Guid? ActId { get; init; }

    /// <summary>The row that this one takes back; null for a decision.</summary>
    public Guid? ReversesId { get; init; }

    public KeptShare Reversed(DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        PaymentId = PaymentId,
        PlaceId = PlaceId,
        AmountPence = -AmountPence,
        ReversesId = Id,
    };
}

internal sealed class KeptShareMap : IEntityTypeConfiguration<KeptShare>
{
    public void Configure(EntityTypeBuilder<KeptShare> builder)
    {
        builder.HasIndex(share => share.PaymentId);
        builder.HasIndex(share => share.PlaceId);
        builder.HasOne<Payment>().WithMany().HasForeignKey(share => share.PaymentId);
        builder.HasOne<Place>().WithMany().HasForeignKey(share => share.PlaceId);
        builder.HasIndex(share => share.ActId).HasFilter("act_id is not null");
        builder.HasIndex(share => share.ReversesId).IsUnique();
        builder.HasOne<KeptShare>().WithMany().HasForeignKey(share => share.ReversesId);
        builder.ToTable(table => table.HasCheckConstraint("ck_kept_shares_amount", "amount_pence <> 0 and (amount_pence > 0) = (reverses_id is null)"));
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingHub.Payments;

/// <summary>
/// The money of one place, in pence and pounds only; foreign money is in none of it. The rule is written in the view place_money and
/// nowhere else, so that a page and a report cannot differ.
/// </summary>
internal sealed class PlaceMoney
{
    public Guid PlaceId { get; init; }
    public Guid BookingId { get; init; }
    public Guid RunId { get; init; }

    /// <summary>The price while the place is held or confirmed, and what was charged for it besides.</summary>
    public int OwedPence { get; init; }

    /// <summary>The price once it is confirmed; after a cancellation what stays due of it.</summary>
    public int ChargedPence { get; init; }
    public int PaidPence { get; init; }

    /// <summary>What has gone back, less what the buyer's bank sent back.</summary>
    public int RefundedPence { get; init; }

    /// <summary>Refunds that were asked for and have not come through.</summary>
    public int LeavingPence { get; init; }

    /// <summary>What the coordinator decided not to give back.</summary>
    public int KeptPence { get; init; }

    /// <summary>Of what is owed and charged: what stays due of a place that ended, or was not used.</summary>
    public int ChargePence { get; init; }

    /// <summary>What staff do not expect to be paid any more.</summary>
    public int WrittenOffPence { get; init; }

    /// <summary>What is left to pay.</summary>
    public int DuePence => Math.Max(0, OwedPence - PaidPence + RefundedPence - WrittenOffPence);
}

internal sealed class PlaceMoneyMap : IEntityTypeConfiguration<PlaceMoney>
{
    public void Configure(EntityTypeBuilder<PlaceMoney> builder) =>
        builder.ToView("PlaceMoney").Ignore(money => money.DuePence).HasKey(money => money.PlaceId);
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingHub.Payments;

/// <summary>The money of one booking, all its places together: a view over <see cref="PlaceMoney"/>.</summary>
internal sealed class BookingMoney
{
    public Guid BookingId { get; init; }
    public int OwedPence { get; init; }
    public int ChargedPence { get; init; }
    public int PaidPence { get; init; }
    public int RefundedPence { get; init; }
    public int LeavingPence { get; init; }
    public int KeptPence { get; init; }
    public int ChargePence { get; init; }
    public int WrittenOffPence { get; init; }
}

internal sealed class BookingMoneyMap : IEntityTypeConfiguration<BookingMoney>
{
    public void Configure(EntityTypeBuilder<BookingMoney> builder) =>
        builder.ToView("BookingMoney").HasKey(money => money.BookingId);
}

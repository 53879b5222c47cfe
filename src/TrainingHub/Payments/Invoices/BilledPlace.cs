using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingHub.Bookings;

namespace TrainingHub.Payments;

/// <summary>Of a booking that this program bills, what a place is charged, and what invoices less credit notes have asked for it: a view.</summary>
internal sealed class BilledPlace
{
    public Guid PlaceId { get; init; }
    public Guid BookingId { get; init; }
    public Guid RunId { get; init; }
    public int ChargedPence { get; init; }

    /// <summary>Of what is charged: what stays due of a place that ended, or was not used.</summary>
    public int ChargePence { get; init; }
    public int BilledPence { get; init; }

    /// <summary>Above nought another invoice asks for it, below nought a credit note takes it off.</summary>
    public int GapPence => ChargedPence - BilledPence;
}

/// <summary>A booking of which documents have to be issued. The tables add it whenever a charge changes; the issuer takes it away.</summary>
internal sealed class BookingToBill
{
    public required Guid BookingId { get; init; }
    public required DateTimeOffset Since { get; init; }
}

internal sealed class BilledPlaceMap : IEntityTypeConfiguration<BilledPlace>
{
    public void Configure(EntityTypeBuilder<BilledPlace> builder)
    {
        builder.ToView("BilledPlaces").HasKey(place => place.PlaceId);
        builder.Ignore(place => place.GapPence);
    }
}

internal sealed class BookingToBillMap : IEntityTypeConfiguration<BookingToBill>
{
    public void Configure(EntityTypeBuilder<BookingToBill> builder)
    {
        builder.ToTable("BookingsToBill").HasKey(booking => booking.BookingId);
        builder.HasIndex(booking => booking.Since);
        builder.HasOne<Booking>().WithMany().HasForeignKey(booking => booking.BookingId);
    }
}

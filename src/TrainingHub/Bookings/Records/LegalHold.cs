using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingHub.Bookings;

/// <summary>
/// A place whose delegate nobody may forget: neither time nor a request to be erased. Which room needs it, and what for, is not said here.
/// This program cannot read the table, since a hold tells who wrote something: the function is_held says it of one place.
/// </summary>
internal sealed class LegalHold
{
    public required Guid PlaceId { get; init; }
}

internal sealed class LegalHoldMap : IEntityTypeConfiguration<LegalHold>
{
    public void Configure(EntityTypeBuilder<LegalHold> builder)
    {
        builder.HasKey(hold => hold.PlaceId);
        builder.HasOne<Place>().WithOne().HasForeignKey<LegalHold>(hold => hold.PlaceId);
    }
}

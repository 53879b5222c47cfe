using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingHub.Platform;

namespace TrainingHub.Catalogue;

/// <summary>Whether somebody in a wheelchair gets to the room and to a toilet.</summary>
internal enum StepFreeAccess
{
    Yes,

    [Display(Name = "In part")]
    Partly,
    No,
}

/// <summary>A place with an address. <see cref="IsInvented"/> marks the ones of the demonstration. Null is not known.</summary>
internal sealed class Venue : IEdited
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public string Address { get; init; } = "";
    public string? Postcode { get; init; }

    /// <summary>What visitors look for: the address says the rest.</summary>
    public string? Town { get; init; }

    /// <summary>Address and postcode in one line; the table writes it.</summary>
    public string FullAddress { get; private set; } = "";
    public string? Room { get; init; }
    public string? MapUrl { get; init; }
    public StepFreeAccess? StepFree { get; init; }

    /// <summary>Other access: hearing loop, quiet room, lift.</summary>
    public string? Access { get; init; }

    /// <summary>Parking and public transport.</summary>
    public string? Travel { get; init; }

    /// <summary>Whom to ask on the day; for staff and trainers.</summary>
    public string? ContactName { get; init; }
    public string? ContactPhone { get; init; }
    public bool IsInvented { get; init; }
    public DateTimeOffset? ArchivedAt { get; private set; }
    public int Version { get; private set; }

    public void Archive(DateTimeOffset now) => ArchivedAt = now;

    public void Restore() => ArchivedAt = null;
}

internal sealed class VenueMap : IEntityTypeConfiguration<Venue>
{
    private const string FullAddressSql =
        "case when postcode is null then address when address = '' then postcode else address || ', ' || postcode end";

    public void Configure(EntityTypeBuilder<Venue> builder)
    {
        builder.HasIndex(venue => venue.Name).IsUnique();
        builder.Property(venue => venue.Postcode).HasMaxLength(VenueFacts.PostcodeLength);
        builder.Property(venue => venue.Town).HasMaxLength(VenueFacts.TownLength);
        builder.Property(venue => venue.FullAddress).HasComputedColumnSql(FullAddressSql, stored: true);
        builder.Property(venue => venue.Room).HasMaxLength(VenueFacts.RoomLength);
        builder.Property(venue => venue.MapUrl).HasMaxLength(VenueFacts.UrlLength);
        builder.Property(venue => venue.Access).HasMaxLength(VenueFacts.TextLength);
        builder.Property(venue => venue.Travel).HasMaxLength(VenueFacts.TextLength);
        builder.Property(venue => venue.ContactName).HasMaxLength(VenueFacts.NameLength);
        builder.Property(venue => venue.ContactPhone).HasMaxLength(VenueFacts.PhoneLength);
        builder.Property(venue => venue.Version).HasDefaultValue(0).IsConcurrencyToken();
    }
}

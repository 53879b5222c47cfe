using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingHub.Catalogue;

/// <summary>The first half of postcodes ("BH15"), and where its middle is: what distances are measured by, without asking another service.</summary>
internal sealed class PostcodeDistrict
{
    public const int CodeLength = 4;
    public const int TownLength = VenueFacts.TownLength;

    public required string Code { get; init; }
    public required string Town { get; init; }

    /// <summary>Degrees north, as on any map (WGS 84).</summary>
    public required double Latitude { get; init; }

    /// <summary>Degrees east; west is below zero.</summary>
    public required double Longitude { get; init; }
}

internal sealed class PostcodeDistrictMap : IEntityTypeConfiguration<PostcodeDistrict>
{
    public void Configure(EntityTypeBuilder<PostcodeDistrict> builder)
    {
        builder.HasKey(district => district.Code);
        builder.Property(district => district.Code).HasMaxLength(PostcodeDistrict.CodeLength);
        builder.Property(district => district.Town).HasMaxLength(PostcodeDistrict.TownLength);
        builder.ToTable(table => table.HasCheckConstraint(
            "ck_postcode_districts_place", "latitude between 49 and 61 and longitude between -9 and 2"));
    }
}

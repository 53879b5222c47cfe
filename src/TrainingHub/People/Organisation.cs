using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingHub.People;

/// <summary>An employer, school, nursery or charity. What bookers type is matched to it by <see cref="NameKey"/>.</summary>
internal sealed partial class Organisation
{
    public const int NameLength = 150;

    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public required string NameKey { get; init; }
    public Guid? SectorId { get; init; }

    /// <summary>The name as <see cref="PersonKey"/> folds one, for staff who look for it; the table works it out.</summary>
    public string? SearchKey { get; private set; }

    /// <summary>Staff made or confirmed it, so that strangers may be offered it. What a booker typed is not.</summary>
    public bool IsApproved { get; init; }

    /// <summary>Lower case, single spaces, without dots, commas and a leading "the": "The Ark Pre-School" = "ark pre-school".</summary>
    public static string KeyOf(string name)
    {
        var key = Spaces().Replace(Marks().Replace(name.ToLowerInvariant(), ""), " ").Trim();
        return key.StartsWith("the ", StringComparison.Ordinal) ? key[4..] : key;
    }

    [GeneratedRegex(@"[.,'’]")]
    private static partial Regex Marks();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}

internal sealed class OrganisationMap : IEntityTypeConfiguration<Organisation>
{
    public void Configure(EntityTypeBuilder<Organisation> builder)
    {
        builder.Property(organisation => organisation.Name).HasMaxLength(Organisation.NameLength);
        builder.HasIndex(organisation => organisation.NameKey).IsUnique();
        builder.Property(organisation => organisation.SearchKey).HasComputedColumnSql("name_key(name)", stored: true);
        builder.HasIndex(organisation => organisation.SearchKey).HasMethod("gin").HasOperators("gin_trgm_ops");
        builder.Property(organisation => organisation.IsApproved).HasDefaultValue(false);
        builder.HasIndex(organisation => organisation.Name).HasFilter("not is_approved");
        builder.HasOne<Sector>().WithMany().HasForeignKey(organisation => organisation.SectorId);
    }
}

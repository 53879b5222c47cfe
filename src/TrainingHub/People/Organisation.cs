using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingHub.People;

/// <summary>An employer, school, nursery or charity. What bookers type is matched to it by <see cref="NameKey"/>.</summary>
internal sealed partial class Organisation
{
    public const int NameLength = 150;
    public const int PhoneLength = 40;
    public const int InvoiceAddressLength = 500;
    public const int PurchaseOrderNoteLength = 200;

    public required Guid Id { get; init; }
    public required string Name { get; set; }
    public required string NameKey { get; set; }
    public Guid? SectorId { get; set; }
    public Guid? AreaId { get; set; }

    /// <summary>Whom staff ask there. Not shown to the public; goes six years after the financial year of its last course.</summary>
    public string? ContactName { get; set; }
    public string? ContactEmail { get; set; }
    public string? ContactPhone { get; set; }

    /// <summary>The postal address on its invoices, and where they go. Shown to staff, who choose whether a booking uses it; goes with the contact.</summary>
    public string? InvoiceAddress { get; set; }
    public string? InvoiceEmail { get; set; }

    /// <summary>How its purchase orders are got, such as "Ask Finance for a number first".</summary>
    public string? PurchaseOrderNote { get; set; }

    /// <summary>When the contact or the facts of its invoices were last changed; null when there are none.</summary>
    public DateTimeOffset? ContactChangedAt { get; set; }

    /// <summary>Raised by each act of staff, so that of two who edit at once the second is told.</summary>
    public int Version { get; set; }

    /// <summary>It is the same as that one, and only another name for it. Nothing refers to it any more.</summary>
    public Guid? MergedIntoId { get; set; }

    /// <summary>The name as <see cref="PersonKey"/> folds one, for staff who look for it; the table works it out.</summary>
    public string? SearchKey { get; private set; }

    /// <summary>Staff made or confirmed it, so that strangers may be offered it. What a booker typed is not.</summary>
    public bool IsApproved { get; set; }

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
        builder.Property(organisation => organisation.ContactName).HasMaxLength(Person.NameLength);
        builder.Property(organisation => organisation.ContactEmail).HasMaxLength(Person.EmailLength);
        builder.Property(organisation => organisation.ContactPhone).HasMaxLength(Organisation.PhoneLength);
        builder.Property(organisation => organisation.InvoiceAddress).HasMaxLength(Organisation.InvoiceAddressLength);
        builder.Property(organisation => organisation.InvoiceEmail).HasMaxLength(Person.EmailLength);
        builder.Property(organisation => organisation.PurchaseOrderNote).HasMaxLength(Organisation.PurchaseOrderNoteLength);
        builder.Property(organisation => organisation.Version).HasDefaultValue(0);
        builder.HasIndex(organisation => organisation.MergedIntoId).HasFilter("merged_into_id is not null");
        builder.HasOne<Sector>().WithMany().HasForeignKey(organisation => organisation.SectorId);
        builder.HasOne<Area>().WithMany().HasForeignKey(organisation => organisation.AreaId);
        builder.HasOne<Organisation>().WithMany().HasForeignKey(organisation => organisation.MergedIntoId);
        builder.ToTable(table => table.HasCheckConstraint("ck_organisations_merged", "merged_into_id is null or (merged_into_id <> id and not is_approved)"));
    }
}

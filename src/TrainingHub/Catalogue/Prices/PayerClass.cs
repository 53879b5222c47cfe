using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingHub.Platform;

namespace TrainingHub.Catalogue;

/// <summary>
/// Who pays which fee. The one at <see cref="Everybody"/> is there from the start and is everybody's; each other one is that of some
/// sectors and areas. Somebody belongs to the last in the order that is theirs: the function payer_class_of says it, and nothing else.
/// </summary>
internal sealed class PayerClass : IEdited
{
    /// <summary>The order of the class that is everybody's.</summary>
    public const int Everybody = 0;

    public required Guid Id { get; init; }

    /// <summary>As staff read it: "Outside the area".</summary>
    public required string Name { get; init; }

    /// <summary>As visitors read it after "for": "organisations outside the county". Empty for everybody's.</summary>
    public required string Words { get; init; }

    public required int SortOrder { get; init; }
    public required Guid[] SectorIds { get; init; }
    public required Guid[] AreaIds { get; init; }
    public DateTimeOffset? ArchivedAt { get; private set; }
    public int Version { get; private set; }

    public bool IsEverybody => SortOrder == Everybody;

    public void Archive(DateTimeOffset now) =>
        ArchivedAt = IsEverybody ? throw new InvalidOperationException("Somebody has to pay the usual fee.") : now;

    public void Restore() => ArchivedAt = null;

    /// <summary>Those that are in use, in their order; everybody's first.</summary>
    public static IQueryable<PayerClass> InUse(TrainingHubDb db) =>
        db.PayerClasses.AsNoTracking().Where(one => one.ArchivedAt == null).OrderBy(one => one.SortOrder).ThenBy(one => one.Id);
}

internal sealed class PayerClassMap : IEntityTypeConfiguration<PayerClass>
{
    public void Configure(EntityTypeBuilder<PayerClass> builder)
    {
        builder.Property(one => one.Name).HasMaxLength(PayerClassFacts.NameLength);
        builder.Property(one => one.Words).HasMaxLength(PayerClassFacts.WordsLength);
        builder.Property(one => one.Version).HasDefaultValue(0).IsConcurrencyToken();
        builder.Ignore(one => one.IsEverybody);
        builder.HasIndex(one => one.Name).IsUnique();
        builder.ToTable(table => table.HasCheckConstraint(
            "ck_payer_classes_everybody",
            "sort_order > 0 or (sort_order = 0 and archived_at is null and cardinality(sector_ids) = 0 and cardinality(area_ids) = 0)"));
    }
}

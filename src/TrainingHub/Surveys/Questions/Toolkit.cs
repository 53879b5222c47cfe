using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingHub.People;

namespace TrainingHub.Surveys;

/// <summary>A practice toolkit that the survey asks about; without an area it is everybody’s.</summary>
internal sealed class Toolkit : IListed<Toolkit>
{
    public required Guid Id { get; init; }
    public required string Name { get; set; }
    public Guid? AreaId { get; set; }
    public required int SortOrder { get; set; }
    public DateTimeOffset? ArchivedAt { get; private set; }
    public int Version { get; private set; }

    public ListedFacts Facts => new() { Name = Name, AreaId = AreaId };

    public static Toolkit New(Guid id) => new() { Id = id, Name = "", SortOrder = 0 };

    public void Take(ListedFacts facts) => (Name, AreaId) = (facts.Name, facts.AreaId);

    public void Archive(DateTimeOffset now) => ArchivedAt = now;

    public void Restore() => ArchivedAt = null;
}

internal sealed class ToolkitMap : IEntityTypeConfiguration<Toolkit>
{
    public void Configure(EntityTypeBuilder<Toolkit> builder)
    {
        builder.Property(toolkit => toolkit.Version).HasDefaultValue(0).IsConcurrencyToken();
        builder.Ignore(toolkit => toolkit.Facts);
        builder.HasIndex(toolkit => toolkit.Name).IsUnique();
        builder.HasOne<Area>().WithMany().HasForeignKey(toolkit => toolkit.AreaId);
    }
}

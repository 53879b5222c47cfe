using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingHub.People;
using TrainingHub.Platform;

namespace TrainingHub.Catalogue;

internal enum ResourceKind
{
    [Display(Name = "Toolkit")]
    Toolkit,

    [Display(Name = "Briefing")]
    Briefing,

    [Display(Name = "Guidance")]
    Guidance,
}

/// <summary>Something to work with that visitors can look up, such as a toolkit, and that courses teach.</summary>
internal sealed class Resource : IEdited
{
    public required Guid Id { get; init; }
    public required string Title { get; init; }
    public required ResourceKind Kind { get; init; }
    public string? Summary { get; init; }

    /// <summary>Where it is; null when people ask the training team for it.</summary>
    public string? Url { get; init; }

    /// <summary>Whose it is; null is everybody's.</summary>
    public Guid? AreaId { get; init; }
    public DateTimeOffset? ArchivedAt { get; private set; }
    public int Version { get; private set; }

    public void Archive(DateTimeOffset now) => ArchivedAt = now;

    public void Restore() => ArchivedAt = null;

    public static string Words(ResourceKind kind) => kind switch
    {
        ResourceKind.Toolkit => "Toolkits",
        ResourceKind.Briefing => "Briefings",
        ResourceKind.Guidance => "Guidance",
    };
}

/// <summary>A course in which a resource is taught.</summary>
internal sealed class ResourceCourse
{
    public required Guid ResourceId { get; init; }
    public required Guid CourseId { get; init; }
}

internal sealed class ResourceMap : IEntityTypeConfiguration<Resource>
{
    public void Configure(EntityTypeBuilder<Resource> builder)
    {
        builder.Property(resource => resource.Title).HasMaxLength(ResourceFacts.TitleLength);
        builder.Property(resource => resource.Summary).HasMaxLength(ResourceFacts.LineLength);
        builder.Property(resource => resource.Url).HasMaxLength(ResourceFacts.LineLength);
        builder.Property(resource => resource.Version).HasDefaultValue(0).IsConcurrencyToken();
        builder.HasIndex(resource => resource.Title).IsUnique();
        builder.HasIndex(resource => resource.AreaId);
        builder.HasOne<Area>().WithMany().HasForeignKey(resource => resource.AreaId);
        builder.ToTable(table => table.HasCheckConstraint("ck_resources_url", "url like 'https://%'"));
    }
}

internal sealed class ResourceCourseMap : IEntityTypeConfiguration<ResourceCourse>
{
    public void Configure(EntityTypeBuilder<ResourceCourse> builder)
    {
        builder.HasKey(one => new { one.ResourceId, one.CourseId });
        builder.HasIndex(one => one.CourseId);
        builder.HasOne<Resource>().WithMany().HasForeignKey(one => one.ResourceId);
        builder.HasOne<Course>().WithMany().HasForeignKey(one => one.CourseId);
    }
}

using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingHub.Platform;

namespace TrainingHub.Learning;

/// <summary>What learning is about, over the years and over all sources: "Neglect", "Lack of joint working".</summary>
internal sealed class LearningTheme : IEdited
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public DateTimeOffset? ArchivedAt { get; private set; }
    public int Version { get; private set; }

    public void Archive(DateTimeOffset now) => ArchivedAt = now;

    public void Restore() => ArchivedAt = null;
}

internal sealed class LearningThemeMap : IEntityTypeConfiguration<LearningTheme>
{
    public void Configure(EntityTypeBuilder<LearningTheme> builder)
    {
        builder.Property(theme => theme.Name).HasMaxLength(ThemeFacts.NameLength);
        builder.Property(theme => theme.Version).HasDefaultValue(0).IsConcurrencyToken();
        builder.HasIndex(theme => theme.Name).IsUnique();
    }
}

/// <summary>The field of its form.</summary>
internal sealed class ThemeFacts
{
    public const int NameLength = 120;

    [Display(Name = "Name of the theme", Description = "For example “Late identification of support needs”."), Required(ErrorMessage = "Enter the name of the theme"), StringLength(NameLength, ErrorMessage = "The name must be {1} characters or fewer")]
    public string Name { get; set; } = "";

    public IReadOnlyList<HistoryChange> ChangesFrom(string? before) => HistoryChange.Of(new HistoryChange("Name", before, Name));
}

using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingHub.Platform;

namespace TrainingHub.Learning;

/// <summary>What a recommendation asks of training.</summary>
internal enum TrainingEffect
{
    [Display(Name = "None")]
    None,

    [Display(Name = "Content of courses changes")]
    Content,

    [Display(Name = "A new course")]
    NewCourse,

    [Display(Name = "A briefing")]
    Briefing,
}

/// <summary>One recommendation of a source, under the number that the source gives it.</summary>
internal sealed class Recommendation : IEdited
{
    public required Guid Id { get; init; }
    public required Guid SourceId { get; init; }

    /// <summary>"3", "4b": unique within its source.</summary>
    public required string Number { get; init; }
    public required string Text { get; init; }
    public required TrainingEffect Effect { get; init; }
    public DateTimeOffset? ArchivedAt { get; private set; }
    public int Version { get; private set; }

    public void Archive(DateTimeOffset now) => ArchivedAt = now;

    public void Restore() => ArchivedAt = null;
}

/// <summary>The fields of its form.</summary>
internal sealed class RecommendationFacts
{
    public const int NumberLength = 20;
    public const int TextLength = 2000;

    [Display(Name = "Number", Description = "As the source numbers it, for example 3."), Required(ErrorMessage = "Enter the number"), StringLength(NumberLength, ErrorMessage = "The number must be {1} characters or fewer")]
    public string Number { get; set; } = "";

    [Display(Name = "Recommendation", Description = "As published, or in your own words. Nothing by which a child, a family or a worker could be recognised."), Required(ErrorMessage = "Enter the recommendation"), StringLength(TextLength, ErrorMessage = "The recommendation must be {1} characters or fewer")]
    public string Text { get; set; } = "";

    [Display(Name = "What it asks of training"), Required(ErrorMessage = "Select what it asks of training")]
    public TrainingEffect? Effect { get; set; }

    public static RecommendationFacts Of(Recommendation one) => new() { Number = one.Number, Text = one.Text, Effect = one.Effect };

    /// <summary>What became different, in the words of the form.</summary>
    public IReadOnlyList<HistoryChange> ChangesFrom(RecommendationFacts before) => HistoryChange.Of(
        new("Number", before.Number.Length == 0 ? null : before.Number, Number),
        new("Recommendation", before.Text.Length == 0 ? null : before.Text, Text),
        new("Asks of training", before.Effect is { } was ? LearningWords.Effect(was) : null, Effect is { } now ? LearningWords.Effect(now) : null));
}

internal sealed class RecommendationMap : IEntityTypeConfiguration<Recommendation>
{
    public void Configure(EntityTypeBuilder<Recommendation> builder)
    {
        builder.Property(one => one.Number).HasMaxLength(RecommendationFacts.NumberLength);
        builder.Property(one => one.Text).HasMaxLength(RecommendationFacts.TextLength);
        builder.Property(one => one.Version).HasDefaultValue(0).IsConcurrencyToken();
        builder.HasIndex(one => new { one.SourceId, one.Number }).IsUnique();
        builder.HasOne<LearningSource>().WithMany().HasForeignKey(one => one.SourceId);
    }
}

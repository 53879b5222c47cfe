using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingHub.People;

namespace TrainingHub.Surveys;

internal enum QuestionKind
{
    Scale,
    YesNo,
    Toolkits,
}

/// <summary>A question of the three-month survey in its published wording. Words and scales are data, not code.</summary>
internal sealed class Question
{
    public const string Confidence = "confidence";
    public const string Knowledge = "knowledge";
    public const string ChangedPractice = "changed_practice";
    public const string ImpactedFamilies = "impacted_families";
    public const string Toolkits = "toolkits";
    public const string Recommend = "recommend";

    /// <summary>One of the constants above; also its name in report files.</summary>
    public required string Key { get; init; }
    public required int Position { get; init; }
    public required QuestionKind Kind { get; init; }
    public required string Wording { get; set; }

    /// <summary>What the free-text box below it asks for; null has no box.</summary>
    public string? ExamplePrompt { get; set; }
}

/// <summary>A point of a scale, lowest first. Some exist although nobody was ever printed as having chosen them.</summary>
internal sealed class ScaleOption
{
    public required Guid Id { get; init; }
    public required string QuestionKey { get; init; }
    public required int Position { get; init; }
    public required string Label { get; init; }
}

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

internal sealed class QuestionMap : IEntityTypeConfiguration<Question>
{
    public void Configure(EntityTypeBuilder<Question> builder) => builder.HasKey(question => question.Key);
}

internal sealed class ScaleOptionMap : IEntityTypeConfiguration<ScaleOption>
{
    public void Configure(EntityTypeBuilder<ScaleOption> builder)
    {
        builder.HasIndex(option => new { option.QuestionKey, option.Position }).IsUnique();
        builder.HasIndex(option => new { option.QuestionKey, option.Label }).IsUnique();
        builder.HasOne<Question>().WithMany().HasForeignKey(option => option.QuestionKey);
    }
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

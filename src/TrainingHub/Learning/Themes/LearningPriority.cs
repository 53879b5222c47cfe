using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingHub.Platform;

namespace TrainingHub.Learning;

/// <summary>What the partnership works on first, and in which calendar years.</summary>
internal sealed class LearningPriority : IEdited
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public required int FirstYear { get; init; }

    /// <summary>Null is not ended.</summary>
    public int? LastYear { get; init; }
    public DateTimeOffset? ArchivedAt { get; private set; }
    public int Version { get; private set; }

    /// <summary>"Neglect (2023 to 2025)".</summary>
    public string Words => $"{Name} ({YearsWords})";

    public string YearsWords => LastYear is not { } last ? $"from {Number(FirstYear)}" : last == FirstYear ? Number(last) : $"{Number(FirstYear)} to {Number(last)}";

    public void Archive(DateTimeOffset now) => ArchivedAt = now;

    public void Restore() => ArchivedAt = null;

    private static string Number(int year) => year.ToString(CultureInfo.InvariantCulture);
}

internal sealed class LearningPriorityMap : IEntityTypeConfiguration<LearningPriority>
{
    public void Configure(EntityTypeBuilder<LearningPriority> builder)
    {
        builder.Property(priority => priority.Name).HasMaxLength(PriorityFacts.NameLength);
        builder.Property(priority => priority.Version).HasDefaultValue(0).IsConcurrencyToken();
        builder.Ignore(priority => priority.Words);
        builder.Ignore(priority => priority.YearsWords);
        builder.HasIndex(priority => priority.Name).IsUnique();
        builder.ToTable(table => table.HasCheckConstraint(
            "ck_learning_priorities_years", "first_year between 2000 and 2100 and last_year >= first_year and last_year <= 2100"));
    }
}

/// <summary>The fields of its form. The names are those of <see cref="LearningPriority"/>.</summary>
internal sealed class PriorityFacts : IValidatableObject
{
    public const int NameLength = 120;
    private const string YearWords = "Enter a year from 2000 to 2100";

    [Display(Name = "Name of the priority", Description = "For example “Neglect”."), Required(ErrorMessage = "Enter the name of the priority"), StringLength(NameLength, ErrorMessage = "The name must be {1} characters or fewer")]
    public string Name { get; set; } = "";

    [Display(Name = "First year", Description = "For example 2026."), Required(ErrorMessage = "Enter the first year"), Range(2000, 2100, ErrorMessage = YearWords)]
    public int? FirstYear { get; set; }

    [Display(Name = "Last year (optional)", Description = "Leave it empty while it has no end."), Range(2000, 2100, ErrorMessage = YearWords)]
    public int? LastYear { get; set; }

    public static PriorityFacts Of(LearningPriority one) => new() { Name = one.Name, FirstYear = one.FirstYear, LastYear = one.LastYear };

    public IReadOnlyList<HistoryChange> ChangesFrom(PriorityFacts before) => HistoryChange.Of(
        new("Name", before.Name.Length == 0 ? null : before.Name, Name),
        new("First year", Words(before.FirstYear), Words(FirstYear)),
        new("Last year", Words(before.LastYear), Words(LastYear)));

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (LastYear < FirstYear)
        {
            yield return new("The last year must be the same as or after the first year", [nameof(LastYear)]);
        }
    }

    private static string? Words(int? year) => year?.ToString(CultureInfo.InvariantCulture);
}

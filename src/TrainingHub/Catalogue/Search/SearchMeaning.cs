using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingHub.Platform;

namespace TrainingHub.Catalogue;

/// <summary>
/// What visitors type and what they mean: "dsl" and "designated lead" are one thing, for which two courses are right. Two meanings may have
/// a form in common: SCR is a record and a review, and both are shown.
/// </summary>
internal sealed class SearchMeaning : IEdited
{
    public required Guid Id { get; init; }

    /// <summary>What is meant, for staff: "Designated safeguarding lead".</summary>
    public required string Name { get; init; }

    /// <summary>Words and phrases as <see cref="TypedWords.Tidy"/> gives them, the name not repeated.</summary>
    public required string[] Typed { get; init; }

    /// <summary>Those that answer it, the best first. One that visitors do not see is left out when they search.</summary>
    public required Guid[] Courses { get; init; }

    /// <summary>A sentence above the courses, or instead of them.</summary>
    public string? Says { get; init; }
    public string? LinkWords { get; init; }

    /// <summary>A path of this site, or another site's address.</summary>
    public string? LinkAddress { get; init; }
    public DateTimeOffset? ArchivedAt { get; private set; }
    public int Version { get; private set; }

    public void Archive(DateTimeOffset now) => ArchivedAt = now;

    public void Restore() => ArchivedAt = null;
}

internal sealed class SearchMeaningMap : IEntityTypeConfiguration<SearchMeaning>
{
    public void Configure(EntityTypeBuilder<SearchMeaning> builder)
    {
        builder.Property(meaning => meaning.Name).HasMaxLength(SearchMeaningFacts.NameLength);
        builder.Property(meaning => meaning.Says).HasMaxLength(SearchMeaningFacts.SaysLength);
        builder.Property(meaning => meaning.LinkWords).HasMaxLength(SearchMeaningFacts.LinkWordsLength);
        builder.Property(meaning => meaning.LinkAddress).HasMaxLength(SearchMeaningFacts.LinkLength);
        builder.Property(meaning => meaning.Version).HasDefaultValue(0).IsConcurrencyToken();
        builder.HasIndex(meaning => meaning.Name).IsUnique();
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_search_meanings_typed", "cardinality(typed) between 1 and 60 and array_position(typed, null) is null");
            table.HasCheckConstraint("ck_search_meanings_answer", "cardinality(courses) > 0 or says is not null");
            table.HasCheckConstraint("ck_search_meanings_link", "(link_words is null) = (link_address is null)");
        });
    }
}

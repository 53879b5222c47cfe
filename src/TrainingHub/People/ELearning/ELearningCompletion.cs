using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingHub.People;

/// <summary>E-learning that a person completed elsewhere, as a file says. It counts in no report of ours and goes with the person.</summary>
internal sealed class ELearningCompletion
{
    public const int TitleLength = 200;

    public required Guid Id { get; init; }
    public required Guid PersonId { get; init; }
    public required string Title { get; init; }

    /// <summary>By which a second file finds it: case and spaces do not matter.</summary>
    public required string TitleKey { get; init; }
    public required DateOnly CompletedOn { get; init; }

    public static string KeyOf(string title) => string.Join(' ', title.ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}

internal sealed class ELearningCompletionMap : IEntityTypeConfiguration<ELearningCompletion>
{
    public void Configure(EntityTypeBuilder<ELearningCompletion> builder)
    {
        builder.ToTable("ElearningCompletions");
        builder.Property(one => one.Title).HasMaxLength(ELearningCompletion.TitleLength);
        builder.Property(one => one.TitleKey).HasMaxLength(ELearningCompletion.TitleLength);
        builder.HasIndex(one => new { one.PersonId, one.TitleKey, one.CompletedOn }).IsUnique();
        builder.HasOne<Person>().WithMany().HasForeignKey(one => one.PersonId);
    }
}

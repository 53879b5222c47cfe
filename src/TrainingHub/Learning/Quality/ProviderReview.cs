using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingHub.Catalogue;
using TrainingHub.Platform;

namespace TrainingHub.Learning;

internal enum ReviewOutcome
{
    CarryOn,
    CarryOnWithChanges,
    End,
}

/// <summary>
/// A look at how a provider does, and what came of it. One that has not been held says when the first is to be; a provider has at most one
/// such. When the next is due stands in the newest.
/// </summary>
internal sealed class ProviderReview : IEdited
{
    /// <summary>How long after it was held it is kept.</summary>
    public const int KeptMonths = 72;

    public required Guid Id { get; init; }
    public required Guid ProviderId { get; init; }

    /// <summary>Null is the first to be held.</summary>
    public DateOnly? HeldOn { get; init; }
    public ReviewOutcome? Outcome { get; init; }
    public string? Words { get; init; }

    /// <summary>Null only when the partnership and the provider part.</summary>
    public DateOnly? NextOn { get; init; }
    public DateTimeOffset? ArchivedAt { get; private set; }
    public int Version { get; private set; }

    public void Archive(DateTimeOffset now) => ArchivedAt = now;

    public void Restore() => ArchivedAt = null;

    /// <summary>Of each provider the one that says when the next is due: the last that was held, else the one that says when the first is to be.</summary>
    public static IQueryable<ProviderReview> Newest(TrainingHubDb db) => db.ProviderReviews.Where(one => one.ArchivedAt == null
        && !db.ProviderReviews.Any(other => other.ProviderId == one.ProviderId && other.ArchivedAt == null
            && (other.HeldOn > one.HeldOn || (other.HeldOn != null && one.HeldOn == null) || (other.HeldOn == one.HeldOn && other.Id.CompareTo(one.Id) > 0))));
}

internal sealed class ProviderReviewMap : IEntityTypeConfiguration<ProviderReview>
{
    public void Configure(EntityTypeBuilder<ProviderReview> builder)
    {
        builder.Property(review => review.Words).HasMaxLength(ReviewFacts.WordsLength);
        builder.Property(review => review.Version).HasDefaultValue(0).IsConcurrencyToken();
        builder.HasIndex(review => new { review.ProviderId, review.HeldOn });
        builder.HasIndex(review => review.ProviderId).IsUnique().HasFilter("held_on is null");
        builder.HasOne<Provider>().WithMany().HasForeignKey(review => review.ProviderId);
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_provider_reviews_held", "(held_on is null) = (outcome is null) and (held_on is null) = (words is null)");
            table.HasCheckConstraint("ck_provider_reviews_next", "next_on > coalesce(held_on, '-infinity') or (next_on is null and held_on is not null)");
            table.HasCheckConstraint("ck_provider_reviews_end", "outcome is null or (outcome = 'End') = (next_on is null)");
        });
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingHub.Payments;

/// <summary>What is compared, in this order.</summary>
internal enum CompareStep
{
    Payments,
    Refunds,
    Disputes,
}

/// <summary>One comparison with Stripe, of a night: how far it has come, and at its end how much was compared. Sums are in pounds alone.</summary>
internal sealed class StripeComparison
{
    /// <summary>In London.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>By Stripe's clock, when what is compared was made there: checkouts since the first, refunds and disputes since the second.</summary>
    public required DateTimeOffset PaymentsFrom { get; init; }
    public required DateTimeOffset OthersFrom { get; init; }
    public required DateTimeOffset Until { get; init; }
    public required CompareStep Step { get; init; }

    /// <summary>The last of Stripe's list that was compared in this step; null before the first page.</summary>
    public string? After { get; init; }

    public int Payments { get; init; }
    public long ReceivedPence { get; init; }
    public int Refunds { get; init; }
    public long RefundedPence { get; init; }
    public int Disputes { get; init; }

    /// <summary>What no webhook had told of, and is recorded since.</summary>
    public int TakenIn { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
    public DateTimeOffset? FinishedAt { get; init; }
}

internal sealed class StripeComparisonMap : IEntityTypeConfiguration<StripeComparison>
{
    public void Configure(EntityTypeBuilder<StripeComparison> builder)
    {
        builder.HasKey(comparison => comparison.Day);
        builder.Property(comparison => comparison.Payments).HasDefaultValue(0);
        builder.Property(comparison => comparison.ReceivedPence).HasDefaultValue(0L);
        builder.Property(comparison => comparison.Refunds).HasDefaultValue(0);
        builder.Property(comparison => comparison.RefundedPence).HasDefaultValue(0L);
        builder.Property(comparison => comparison.Disputes).HasDefaultValue(0);
        builder.Property(comparison => comparison.TakenIn).HasDefaultValue(0);
    }
}

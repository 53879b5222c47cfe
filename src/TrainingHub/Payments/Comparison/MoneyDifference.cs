using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingHub.People;

namespace TrainingHub.Payments;

internal enum DifferenceKind
{
    Payment,
    Refund,
    Dispute,
}

/// <summary>In the currency's smallest unit; the currency in lower case.</summary>
internal sealed record MoneySum(int Amount, string Currency);

/// <summary>
/// Money of which Stripe says something else than is recorded here. It closes by itself once both agree, or when somebody has explained it;
/// history has their words.
/// </summary>
internal sealed class MoneyDifference
{
    public required Guid Id { get; init; }
    public required DifferenceKind Kind { get; init; }

    /// <summary>Of the checkout, the refund or the dispute.</summary>
    public required string StripeId { get; init; }

    /// <summary>The payment here that it belongs to; null when there is none.</summary>
    public Guid? PaymentId { get; init; }

    /// <summary>Null when it is not recorded here, or as not paid.</summary>
    public int? OurAmount { get; init; }
    public string? OurCurrency { get; init; }

    /// <summary>Null when Stripe does not know it, or as not paid.</summary>
    public int? TheirAmount { get; init; }
    public string? TheirCurrency { get; init; }
    public required DateTimeOffset FoundAt { get; init; }
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>Who has explained it; null when it is open, or both agree.</summary>
    public Guid? ClosedById { get; init; }

    public MoneySum? Ours => OurAmount is { } amount && OurCurrency is { } currency ? new(amount, currency) : null;
    public MoneySum? Theirs => TheirAmount is { } amount && TheirCurrency is { } currency ? new(amount, currency) : null;

    public static IQueryable<MoneyDifference> Open(TrainingHubDb db) => db.MoneyDifferences.Where(one => one.ClosedAt == null);
}

internal sealed class MoneyDifferenceMap : IEntityTypeConfiguration<MoneyDifference>
{
    public void Configure(EntityTypeBuilder<MoneyDifference> builder)
    {
        builder.Ignore(one => one.Ours).Ignore(one => one.Theirs);
        builder.HasIndex(one => one.StripeId).IsUnique();
        builder.HasIndex(one => one.PaymentId);
        builder.HasIndex(one => one.ClosedById);
        builder.HasIndex(one => one.FoundAt).HasFilter("closed_at is null");
        builder.HasOne<Payment>().WithMany().HasForeignKey(one => one.PaymentId);
        builder.HasOne<StaffUser>().WithMany().HasForeignKey(one => one.ClosedById);
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_money_differences_differs", "(our_amount, our_currency) is distinct from (their_amount, their_currency)");
            table.HasCheckConstraint("ck_money_differences_currency", "(our_amount is null) = (our_currency is null) and (their_amount is null) = (their_currency is null)");
            table.HasCheckConstraint("ck_money_differences_closed", "closed_by_id is null or closed_at is not null");
        });
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingHub.Payments;

internal enum DisputeState
{
    /// <summary>Stripe waits for evidence, or the bank looks at it.</summary>
    Open,

    /// <summary>The money stays, or has come back.</summary>
    Won,

    /// <summary>The bank keeps the money. Some are won after all.</summary>
    Lost,
}

/// <summary>A payer's complaint at their bank, as Stripe had it last. Won is the last word, and what was decided is never open again.</summary>
internal sealed class Dispute
{
    public required Guid Id { get; init; }
    public required Guid PaymentId { get; init; }
    public required string StripeDisputeId { get; init; }

    /// <summary>In the payment's own currency, smallest unit.</summary>
    public required int AmountPence { get; init; }

    /// <summary>The bank has taken the money meanwhile. False of an enquiry, which may become a dispute.</summary>
    public bool TakesMoney { get; private set; }
    public DisputeState State { get; private set; }

    /// <summary>Stripe's code, such as <c>fraudulent</c> or <c>product_not_received</c>.</summary>
    public string? Reason { get; private set; }

    /// <summary>Until when Stripe takes evidence; null when it says no time.</summary>
    public DateTimeOffset? DueAt { get; private set; }
    public required DateTimeOffset OpenedAt { get; init; }
    public DateTimeOffset? ClosedAt { get; private set; }

    /// <summary>When it was last compared with Stripe.</summary>
    public DateTimeOffset? CheckedAt { get; private set; }

    /// <summary>Brings it to what Stripe says. An answer that was asked for before the last decision changes nothing.</summary>
    public void Follow(StripeDispute seen, DateTimeOffset now)
    {
        (TakesMoney, CheckedAt) = (TakesMoney || seen.TakesMoney, now);
        if (State == DisputeState.Won || (State == DisputeState.Lost && seen.State != DisputeState.Won))
        {
            return;
        }

        (State, Reason, DueAt) = (seen.State, seen.Reason, seen.DueBy);
        ClosedAt = seen.State == DisputeState.Open ? null : now;
    }

    public static Dispute Of(Payment payment, StripeDispute seen, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        PaymentId = payment.Id,
        StripeDisputeId = seen.Id,
        AmountPence = seen.Amount,
        OpenedAt = now,
    };
}

internal sealed class DisputeMap : IEntityTypeConfiguration<Dispute>
{
    public void Configure(EntityTypeBuilder<Dispute> builder)
    {
        builder.HasIndex(dispute => dispute.PaymentId);
        builder.HasIndex(dispute => dispute.StripeDisputeId).IsUnique();
        builder.HasOne<Payment>().WithMany().HasForeignKey(dispute => dispute.PaymentId);
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_disputes_amount", "amount_pence > 0");
            table.HasCheckConstraint("ck_disputes_closed", "(state = 'Open') = (closed_at is null)");
        });
    }
}

/// <summary>What of a payment its payer's bank has back, in the payment's own currency: a view.</summary>
internal sealed class TakenByBank
{
    public Guid PaymentId { get; init; }
    public int AmountPence { get; init; }
}

internal sealed class TakenByBankMap : IEntityTypeConfiguration<TakenByBank>
{
    public void Configure(EntityTypeBuilder<TakenByBank> builder) => builder.ToView("TakenByBanks").HasKey(taken => taken.PaymentId);
}

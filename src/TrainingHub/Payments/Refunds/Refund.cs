using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingHub.People;
using TrainingHub.Platform;

namespace TrainingHub.Payments;

internal enum RefundState
{
    /// <summary>Owed; Stripe has not been asked yet, or the asking failed and is tried again.</summary>
    Due,
    Pending,
    Succeeded,
    Failed,

    /// <summary>What it followed from was undone before Stripe was asked, or before staff had paid it back by hand.</summary>
    Undone,
}

internal static class RefundStates
{
    /// <summary>No money goes back by these.</summary>
    public static readonly IReadOnlyList<RefundState> NothingLeaves = [RefundState.Failed, RefundState.Undone];
}

internal enum RefundReason
{
    PaidLateAndFull,
    BookingCancelled,
    NotOwed,

    /// <summary>Not the sum, or not the currency, that was asked for.</summary>
    WrongAmount,

    /// <summary>Made in Stripe's dashboard; the site heard of it afterwards.</summary>
    MadeInStripe,

    /// <summary>Staff moved the place to a date that costs less.</summary>
    CheaperDate,

    /// <summary>The money of a bank line was somebody else's: it goes back to the line, and leaves nowhere.</summary>
    BookedWrongly,
}

/// <summary>Money that goes back, in the payment's own currency. Its id is Stripe's idempotency key, so that asking twice refunds once.</summary>
internal sealed class Refund
{
    public required Guid Id { get; init; }
    public required Guid PaymentId { get; init; }
    public required int AmountPence { get; init; }
    public required RefundReason Reason { get; init; }
    public RefundState State { get; private set; }
    public string? StripeRefundId { get; private set; }
    public string? Error { get; private set; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The act of staff that it follows from, where that can be undone; and until when Stripe is not asked, so that it can.</summary>
    public Guid? ActId { get; init; }
    public DateTimeOffset? HeldUntil { get; init; }

    /// <summary>Who asked for it; null when the site or Stripe's dashboard did.</summary>
    public Guid? RequestedById { get; init; }
    public DateTimeOffset? FirstTriedAt { get; private set; }
    public DateTimeOffset? CheckedAt { get; private set; }
    public DateTimeOffset? FinishedAt { get; private set; }

    public string IdempotencyKey => $"refund-{Id:N}";

    /// <summary>Stripe knows it by this id, and was compared with now.</summary>
    public void Compare(string stripeRefundId, DateTimeOffset now) => (StripeRefundId, CheckedAt) = (stripeRefundId, now);

    /// <param name="next">Its state at Stripe.</param>
    /// <param name="error">Why, when it failed.</param>
    /// <param name="now"></param>
    public void Move(RefundState next, string? error, DateTimeOffset now)
    {
        State = next;
        FinishedAt = next is RefundState.Succeeded or RefundState.Failed or RefundState.Undone ? now : null;
        Error = next == RefundState.Failed ? error : null;
    }

    public static Refund Due(Payment payment, int amountPence, RefundReason reason, Guid? requestedById, DateTimeOffset now, KeepUndo? undo = null) => new()
    {
        Id = Guid.CreateVersion7(now),
        PaymentId = payment.Id,
        AmountPence = amountPence,
        Reason = reason,
        RequestedById = requestedById,
        CreatedAt = now,
        ActId = undo?.Id,
        HeldUntil = undo?.HeldUntil,
    };
}

internal sealed class RefundMap : IEntityTypeConfiguration<Refund>
{
    public void Configure(EntityTypeBuilder<Refund> builder)
    {
        builder.HasIndex(refund => refund.PaymentId);
        builder.HasIndex(refund => refund.PaymentId, "UxRefundsBookedWrongly").IsUnique().HasFilter("reason = 'BookedWrongly'");
        builder.HasIndex(refund => refund.RequestedById);
        builder.HasIndex(refund => refund.ActId).HasFilter("act_id is not null");
        builder.HasIndex(refund => refund.StripeRefundId).IsUnique();
        builder.HasIndex(refund => refund.CreatedAt).HasFilter("state in ('Due', 'Pending')");
        builder.HasOne<Payment>().WithMany().HasForeignKey(refund => refund.PaymentId);
        builder.HasOne<StaffUser>().WithMany().HasForeignKey(refund => refund.RequestedById);
        builder.ToTable(table => table.HasCheckConstraint("ck_refunds_amount", "amount_pence > 0"));
    }
}

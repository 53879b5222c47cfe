using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingHub.People;

namespace TrainingHub.Surveys;

internal enum ConcernKind
{
    [Display(Name = "A child or an adult may be at risk", Description = "Of harm, abuse, neglect or exploitation.")]
    AtRisk,

    [Display(Name = "The conduct of a professional", Description = "Somebody who works or volunteers with children or adults at risk. The lead decides whether the local authority’s designated officer (LADO) is told.")]
    Professional,

    [Display(Name = "The writer needs support", Description = "They may be distressed or unsafe themselves.")]
    Writer,
}

internal enum ConcernState
{
    /// <summary>Nobody has said that they have it.</summary>
    Raised,
    Acknowledged,
    Closed,

    /// <summary>Raised by mistake.</summary>
    Withdrawn,
}

/// <summary>
/// What follows from a free text that may be about somebody at risk. Only the safeguarding lead reads it; others see its reference and its
/// state. Open or closed it holds the answer (<see cref="LegalHolds"/>), until the lead lifts the hold.
/// </summary>
internal sealed class Concern
{
    public const int ReferralLength = 100;
    public const int OutcomeLength = 1000;
    public const int ReasonLength = 500;

    public required Guid Id { get; init; }

    /// <summary>By which everybody names it; says nothing.</summary>
    public required string Reference { get; init; }

    /// <summary>Of a <see cref="SurveyComment"/>.</summary>
    public required Guid CommentId { get; init; }
    public required ConcernKind Kind { get; init; }
    public ConcernState State { get; private set; }
    public required DateTimeOffset RaisedAt { get; init; }
    public required Guid RaisedById { get; init; }
    public DateTimeOffset? AcknowledgedAt { get; private set; }
    public Guid? AcknowledgedById { get; private set; }

    /// <summary>The number under which another agency has it, and nothing else.</summary>
    public string? Referral { get; private set; }
    public DateTimeOffset? ClosedAt { get; private set; }
    public Guid? ClosedById { get; private set; }
    public string? Outcome { get; private set; }
    public DateTimeOffset? WithdrawnAt { get; private set; }
    public Guid? WithdrawnById { get; private set; }
    public string? WithdrawnBecause { get; private set; }
    public DateTimeOffset? HoldLiftedAt { get; private set; }
    public Guid? HoldLiftedById { get; private set; }
    public string? HoldLiftedBecause { get; private set; }

    /// <summary>The answers that the text belongs to, while they are linked and held: the key keeps them from being written anew.</summary>
    public Guid? HeldResponseId { get; private set; }

    public bool IsOpen => State is ConcernState.Raised or ConcernState.Acknowledged;

    public bool IsHeld => State != ConcernState.Withdrawn && HoldLiftedAt is null;

    public void Hold(Guid? response) => HeldResponseId = response;

    /// <returns>False when somebody has it already, or it is over.</returns>
    public bool Acknowledge(Guid by, DateTimeOffset now)
    {
        if (State != ConcernState.Raised)
        {
            return false;
        }

        (State, AcknowledgedAt, AcknowledgedById) = (ConcernState.Acknowledged, now, by);
        return true;
    }

    public bool Refer(string reference)
    {
        var may = State is ConcernState.Acknowledged or ConcernState.Closed && Referral != reference;
        Referral = may ? reference : Referral;
        return may;
    }

    /// <returns>False when nobody has acknowledged it yet, or it is over.</returns>
    public bool Close(Guid by, string outcome, DateTimeOffset now)
    {
        if (State != ConcernState.Acknowledged)
        {
            return false;
        }

        (State, ClosedAt, ClosedById, Outcome) = (ConcernState.Closed, now, by, outcome);
        return true;
    }

    /// <summary>It is the opener's from now on, and holds the answer again as far as it is still linked.</summary>
    /// <param name="by"></param>
    /// <param name="response">The answer of the text; null when nothing leads to it any more.</param>
    /// <param name="now"></param>
    /// <returns>False when it is not closed.</returns>
    public bool Reopen(Guid by, Guid? response, DateTimeOffset now)
    {
        if (State != ConcernState.Closed)
        {
            return false;
        }

        (State, ClosedAt, ClosedById, Outcome) = (ConcernState.Acknowledged, null, null, null);
        (AcknowledgedAt, AcknowledgedById) = (now, by);
        (HoldLiftedAt, HoldLiftedById, HoldLiftedBecause, HeldResponseId) = (null, null, null, response);
        return true;
    }

    /// <returns>False when it is not open.</returns>
    public bool Withdraw(Guid by, string because, DateTimeOffset now)
    {
        if (!IsOpen)
        {
            return false;
        }

        (State, WithdrawnAt, WithdrawnById, WithdrawnBecause, HeldResponseId) = (ConcernState.Withdrawn, now, by, because, null);
        return true;
    }

    /// <returns>False when it is open, or nothing is held.</returns>
    public bool LiftHold(Guid by, string because, DateTimeOffset now)
    {
        if (State != ConcernState.Closed || HoldLiftedAt is not null)
        {
            return false;
        }

        (HoldLiftedAt, HoldLiftedById, HoldLiftedBecause, HeldResponseId) = (now, by, because, null);
        return true;
    }
}

internal sealed class ConcernMap : IEntityTypeConfiguration<Concern>
{
    public void Configure(EntityTypeBuilder<Concern> builder)
    {
        builder.Ignore(concern => concern.IsOpen).Ignore(concern => concern.IsHeld);
        builder.Property(concern => concern.Reference).HasMaxLength(Platform.Reference.Length);
        builder.Property(concern => concern.Referral).HasMaxLength(Concern.ReferralLength);
        builder.Property(concern => concern.Outcome).HasMaxLength(Concern.OutcomeLength);
        builder.Property(concern => concern.WithdrawnBecause).HasMaxLength(Concern.ReasonLength);
        builder.Property(concern => concern.HoldLiftedBecause).HasMaxLength(Concern.ReasonLength);
        builder.HasIndex(concern => concern.Reference).IsUnique();
        builder.HasIndex(concern => concern.CommentId).IsUnique().HasFilter("state <> 'Withdrawn'");
        builder.HasOne<StaffUser>().WithMany().HasForeignKey(concern => concern.RaisedById);
        builder.HasOne<StaffUser>().WithMany().HasForeignKey(concern => concern.AcknowledgedById);
        builder.HasOne<StaffUser>().WithMany().HasForeignKey(concern => concern.ClosedById);
        builder.HasOne<StaffUser>().WithMany().HasForeignKey(concern => concern.WithdrawnById);
        builder.HasOne<StaffUser>().WithMany().HasForeignKey(concern => concern.HoldLiftedById);
        builder.HasOne<SurveyResponse>().WithMany().HasForeignKey(concern => concern.HeldResponseId);
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_concerns_acknowledged", "(acknowledged_at is null) = (acknowledged_by_id is null) and (state <> 'Acknowledged' or acknowledged_at is not null)");
            table.HasCheckConstraint("ck_concerns_closed", "(closed_at is null) = (closed_by_id is null) and (closed_at is null) = (outcome is null) and (closed_at is not null) = (state = 'Closed')");
            table.HasCheckConstraint("ck_concerns_withdrawn", "(withdrawn_at is null) = (withdrawn_by_id is null) and (withdrawn_at is null) = (withdrawn_because is null) and (withdrawn_at is not null) = (state = 'Withdrawn')");
            table.HasCheckConstraint("ck_concerns_lifted", "(hold_lifted_at is null) = (hold_lifted_by_id is null) and (hold_lifted_at is null) = (hold_lifted_because is null) and (hold_lifted_at is null or state in ('Closed', 'Withdrawn'))");
            table.HasCheckConstraint("ck_concerns_held", "held_response_id is null or (hold_lifted_at is null and state <> 'Withdrawn')");
        });
    }
}

/// <summary>A text that nothing may erase, unlink or give out: view <c>held_comments</c>.</summary>
internal sealed class HeldComment
{
    public required Guid CommentId { get; init; }
    public required Guid ConcernId { get; init; }

    /// <summary>Null when nothing leads from the text to an answer any more.</summary>
    public required Guid? ResponseId { get; init; }
}

internal sealed class HeldCommentMap : IEntityTypeConfiguration<HeldComment>
{
    public void Configure(EntityTypeBuilder<HeldComment> builder) => builder.ToView("HeldComments").HasKey(held => held.ConcernId);
}

using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingHub.People;

namespace TrainingHub.FreePlaces;

internal enum FreePlaceApplicant
{
    [Display(Name = "Registered charity")]
    RegisteredCharity,

    [Display(Name = "Charity that is not registered")]
    UnregisteredCharity,

    [Display(Name = "Community interest company (CIC)")]
    CommunityInterestCompany,
}

internal enum FreePlaceState
{
    Pending,
    Approved,
    Declined,
    Withdrawn,

    /// <summary>The course began before anybody decided; without a booking, nobody decided or answered for a year.</summary>
    Lapsed,
}

/// <summary>Which rule of the policy was not met. The words of the decision come with a reason besides.</summary>
internal enum DeclinedRule
{
    [Display(Name = "It is not an organisation that the policy is for")]
    NotForThem,

    [Display(Name = "Its yearly income is above the limit")]
    OverTurnover,

    [Display(Name = "What backs the application up is missing")]
    NoEvidence,

    [Display(Name = "It has used its free places of this year")]
    AllowanceUsed,

    [Display(Name = "All free places of this year are given")]
    BudgetUsed,

    [Display(Name = "Another reason")]
    Other,
}

/// <summary>
/// A charity's or community interest company's application for free places: with a booking, or on its own for the year. Registration is no
/// condition (policy since 2023/24); a decision is made once, under the policy of the day on which it was asked for, and a decline has a
/// reason that the applicant is told. While it waits staff may ask for more; the days of the decision stand still until the answer.
/// </summary>
internal sealed class FreePlaceApplication
{
    public const int NumberLength = 20;
    public const int AboutLength = 500;
    public const int ReasonLength = 500;
    public const int QuestionLength = 500;
    public const int AnswerLength = 1000;

    /// <summary>What the private link's purpose is called in <see cref="Platform.SecretLink"/>.</summary>
    public const string LinkPurpose = "free-place-application";

    public required Guid Id { get; init; }
    public required FreePlaceApplicant Applicant { get; init; }
    public required string OrganisationName { get; init; }

    /// <summary>Charity or company number, when there is one.</summary>
    public string? RegisteredNumber { get; init; }

    /// <summary>What the organisation does with children and families, in its own words.</summary>
    public required string About { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who asks, when no booking says so; goes with what was written.</summary>
    public string? ApplicantName { get; init; }
    public string? ApplicantEmail { get; init; }
    public Guid? SectorId { get; init; }

    /// <summary>Yearly income as the applicant says; null when it was not asked.</summary>
    public int? TurnoverPounds { get; init; }

    /// <summary>Under which it is decided; null when none was published when it was asked for.</summary>
    public Guid? PolicyId { get; init; }

    /// <summary>The last day to decide; null while the applicant is asked, and once there is nothing to decide.</summary>
    public DateOnly? DecideOn { get; private set; }

    /// <summary>What staff want to know before they decide, and when they asked last.</summary>
    public string? Question { get; private set; }
    public DateTimeOffset? AskedAt { get; private set; }
    public string? Answer { get; private set; }
    public DateTimeOffset? AnsweredAt { get; private set; }

    /// <summary>When the coordinator was told that it is late.</summary>
    public DateTimeOffset? EscalatedAt { get; private set; }

    /// <summary>What it was given.</summary>
    public Guid? AwardId { get; private set; }
    public DeclinedRule? DeclinedRule { get; private set; }
    public FreePlaceState State { get; private set; }
    public DateTimeOffset? DecidedAt { get; private set; }
    public Guid? DecidedById { get; private set; }
    public string? Reason { get; private set; }

    /// <summary>Staff asked for more, and there is no answer yet.</summary>
    public bool IsAsked => State == FreePlaceState.Pending && AskedAt is not null && AnsweredAt is null;

    /// <summary>It is decided by then.</summary>
    public void DecideBy(DateOnly day)
    {
        EnsurePending();
        DecideOn = day;
    }

    public void Approve(Guid staffUserId, Guid awardId, DateTimeOffset now)
    {
        EnsurePending();
        (State, DecidedAt, DecidedById, AwardId) = (FreePlaceState.Approved, now, staffUserId, awardId);
    }

    public void Decline(Guid staffUserId, string reason, DateTimeOffset now, DeclinedRule? rule = null)
    {
        EnsurePending();
        (State, DecidedAt, DecidedById, Reason, DeclinedRule) = (FreePlaceState.Declined, now, staffUserId, reason, rule);
    }

    /// <summary>The days to decide stand still until the applicant has answered.</summary>
    public void Ask(string question, DateTimeOffset now)
    {
        EnsurePending();
        (Question, AskedAt, AnsweredAt, DecideOn) = (question, now, null, null);
    }

    /// <param name="answer">Null when only files were added.</param>
    /// <param name="decideOn">The days begin anew.</param>
    /// <param name="now"></param>
    public void Reply(string? answer, DateOnly? decideOn, DateTimeOffset now)
    {
        EnsurePending();
        Answer = answer ?? Answer;
        (AnsweredAt, DecideOn, EscalatedAt) = (now, decideOn, null);
    }

    public void Escalate(DateTimeOffset now) => EscalatedAt = now;

    public void Withdraw(DateTimeOffset now)
    {
        EnsurePending();
        (State, DecidedAt) = (FreePlaceState.Withdrawn, now);
    }

    public void Lapse(DateTimeOffset now)
    {
        EnsurePending();
        (State, DecidedAt) = (FreePlaceState.Lapsed, now);
    }

    /// <summary>What was decided, or withdrawn with its booking, was so by mistake and nobody was told: it waits for a decision again.</summary>
    public void Reopen()
    {
        if (State is FreePlaceState.Pending or FreePlaceState.Lapsed)
        {
            throw new InvalidOperationException($"Application {Id} is {State}; it is not put back.");
        }

        (State, DecidedAt, DecidedById, Reason) = (FreePlaceState.Pending, null, null, null);
        (AwardId, DeclinedRule) = (null, null);
    }

    private void EnsurePending()
    {
        if (State != FreePlaceState.Pending)
        {
            throw new InvalidOperationException($"Application {Id} is {State}; only a pending one is decided.");
        }
    }
}

internal sealed class FreePlaceApplicationMap : IEntityTypeConfiguration<FreePlaceApplication>
{
    public void Configure(EntityTypeBuilder<FreePlaceApplication> builder)
    {
        builder.Property(application => application.OrganisationName).HasMaxLength(Organisation.NameLength);
        builder.Property(application => application.RegisteredNumber).HasMaxLength(FreePlaceApplication.NumberLength);
        builder.Property(application => application.About).HasMaxLength(FreePlaceApplication.AboutLength);
        builder.Property(application => application.Reason).HasMaxLength(FreePlaceApplication.ReasonLength);
        builder.Property(application => application.ApplicantName).HasMaxLength(Person.NameLength);
        builder.Property(application => application.ApplicantEmail).HasMaxLength(Person.EmailLength);
        builder.Property(application => application.Question).HasMaxLength(FreePlaceApplication.QuestionLength);
        builder.Property(application => application.Answer).HasMaxLength(FreePlaceApplication.AnswerLength);
        builder.HasIndex(application => new { application.State, application.CreatedAt });
        builder.HasIndex(application => application.PolicyId);
        builder.HasIndex(application => application.AwardId);
        builder.HasIndex(application => application.SectorId);
        builder.HasOne<FreePlacePolicy>().WithMany().HasForeignKey(application => application.PolicyId);
        builder.HasOne<FreePlaceAward>().WithMany().HasForeignKey(application => application.AwardId);
        builder.HasOne<Sector>().WithMany().HasForeignKey(application => application.SectorId);
        builder.HasOne<StaffUser>().WithMany().HasForeignKey(application => application.DecidedById);
        builder.ToTable(table => table.HasCheckConstraint(
            "ck_free_place_applications_reason", "state <> 'Declined' or reason is not null"));
    }
}

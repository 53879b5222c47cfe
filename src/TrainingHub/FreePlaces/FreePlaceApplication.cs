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

    /// <summary>The course began before anybody decided.</summary>
    Lapsed,
}

/// <summary>
/// A charity's or community interest company's application for free places on one booking. Registration is no condition
/// (policy since 2023/24); a decision is made once, and a decline has a reason that the applicant is told.
/// </summary>
internal sealed class FreePlaceApplication
{
    public const int NumberLength = 20;
    public const int AboutLength = 500;
    public const int ReasonLength = 500;

    public required Guid Id { get; init; }
    public required FreePlaceApplicant Applicant { get; init; }
    public required string OrganisationName { get; init; }

    /// <summary>Charity or company number, when there is one.</summary>
    public string? RegisteredNumber { get; init; }

    /// <summary>What the organisation does with children and families, in its own words.</summary>
    public required string About { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public FreePlaceState State { get; private set; }
    public DateTimeOffset? DecidedAt { get; private set; }
    public Guid? DecidedById { get; private set; }
    public string? Reason { get; private set; }

    public void Approve(Guid staffUserId, DateTimeOffset now)
    {
        EnsurePending();
        (State, DecidedAt, DecidedById) = (FreePlaceState.Approved, now, staffUserId);
    }

    public void Decline(Guid staffUserId, string reason, DateTimeOffset now)
    {
        EnsurePending();
        (State, DecidedAt, DecidedById, Reason) = (FreePlaceState.Declined, now, staffUserId, reason);
    }

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
        builder.HasIndex(application => new { application.State, application.CreatedAt });
        builder.HasOne<StaffUser>().WithMany().HasForeignKey(application => application.DecidedById);
        builder.ToTable(table => table.HasCheckConstraint(
            "ck_free_place_applications_reason", "state <> 'Declined' or reason is not null"));
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingHub.People;
using TrainingHub.Platform;

namespace TrainingHub.Learning;

internal enum ActionState
{
    Open,
    Done,

    /// <summary>Done, and its impact was seen.</summary>
    Closed,
}

/// <summary>How an action stands on a day: worked out, never kept, except in minutes.</summary>
internal enum ActionStanding
{
    Late,
    Soon,
    OnTrack,
    Done,
    Closed,
}

/// <summary>What somebody does about a recommendation, and by when. It is done when it was done, and closed when its impact was seen.</summary>
internal sealed class LearningAction : IEdited
{
    /// <summary>Days before its date from which an open action is due soon.</summary>
    public const int SoonDays = 14;

    public const int BecauseLength = 500;
    public const int ImpactLength = 1000;

    public required Guid Id { get; init; }

    /// <summary>By which minutes and emails name it; the table gives it.</summary>
    public int Number { get; private set; }
    public required Guid RecommendationId { get; init; }
    public required string What { get; init; }

    /// <summary>Which agency answers for it.</summary>
    public required string Agency { get; init; }

    /// <summary>Who there, by role.</summary>
    public string? Owner { get; init; }

    /// <summary>The account of staff who sees to it; null when it is somebody else's.</summary>
    public Guid? OwnerId { get; init; }

    /// <summary>As it was first agreed.</summary>
    public required DateOnly DueOn { get; init; }

    /// <summary>The later day that was agreed since, and why.</summary>
    public DateOnly? RevisedOn { get; private set; }
    public string? RevisedBecause { get; private set; }
    public ActionState State { get; private set; }
    public DateOnly? DoneOn { get; private set; }

    /// <summary>What was seen of it, when it was closed.</summary>
    public string? Impact { get; private set; }
    public string? Note { get; init; }

    /// <summary>An https address.</summary>
    public string? Evidence { get; init; }
    public DateTimeOffset? ArchivedAt { get; private set; }
    public int Version { get; private set; }

    /// <summary>By when it has to be done now.</summary>
    public DateOnly Due => RevisedOn ?? DueOn;

    public ActionStanding StandingOn(DateOnly today) => Standing(State, Due, today);

    public static ActionStanding Standing(ActionState state, DateOnly due, DateOnly today) => state switch
    {
        ActionState.Closed => ActionStanding.Closed,
        ActionState.Done => ActionStanding.Done,
        ActionState.Open => due < today ? ActionStanding.Late : due <= today.AddDays(SoonDays) ? ActionStanding.Soon : ActionStanding.OnTrack,
    };

    public void Revise(DateOnly on, string because) => (RevisedOn, RevisedBecause) = State == ActionState.Open
        ? (on, because)
        : throw new InvalidOperationException("What is done has no later date.");

    public void Finish(DateOnly on) => (State, DoneOn) = State == ActionState.Open
        ? (ActionState.Done, on)
        : throw new InvalidOperationException("It is done already.");

    public void Close(string impact) => (State, Impact) = State == ActionState.Done
        ? (ActionState.Closed, impact)
        : throw new InvalidOperationException("Only what is done is closed.");

    public void Reopen() => (State, DoneOn, Impact) = State != ActionState.Open
        ? (ActionState.Open, (DateOnly?)null, (string?)null)
        : throw new InvalidOperationException("It is open already.");

    public void Archive(DateTimeOffset now) => ArchivedAt = now;

    public void Restore() => ArchivedAt = null;
}

internal sealed class LearningActionMap : IEntityTypeConfiguration<LearningAction>
{
    public void Configure(EntityTypeBuilder<LearningAction> builder)
    {
        builder.Property(action => action.Number).UseIdentityByDefaultColumn();
        builder.Property(action => action.What).HasMaxLength(ActionFacts.WhatLength);
        builder.Property(action => action.Agency).HasMaxLength(ActionFacts.AgencyLength);
        builder.Property(action => action.Owner).HasMaxLength(ActionFacts.OwnerLength);
        builder.Property(action => action.RevisedBecause).HasMaxLength(LearningAction.BecauseLength);
        builder.Property(action => action.Impact).HasMaxLength(LearningAction.ImpactLength);
        builder.Property(action => action.Note).HasMaxLength(ActionFacts.NoteLength);
        builder.Property(action => action.Evidence).HasMaxLength(ActionFacts.EvidenceLength);
        builder.Property(action => action.Version).HasDefaultValue(0).IsConcurrencyToken();
        builder.Ignore(action => action.Due);
        builder.HasIndex(action => action.Number).IsUnique();
        builder.HasOne<Recommendation>().WithMany().HasForeignKey(action => action.RecommendationId);
        builder.HasOne<StaffUser>().WithMany().HasForeignKey(action => action.OwnerId);
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_learning_actions_revised", "(revised_on is null) = (revised_because is null)");
            table.HasCheckConstraint("ck_learning_actions_done", "(state = 'Open') = (done_on is null)");
            table.HasCheckConstraint("ck_learning_actions_closed", "(state = 'Closed') = (impact is not null)");
        });
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingHub.People;

namespace TrainingHub.Learning;

internal enum MeetingState
{
    Open,

    /// <summary>Its minutes never change any more; the database sees to it.</summary>
    Closed,
}

/// <summary>The monthly meeting on actions from learning. One is open at a time.</summary>
internal sealed class LearningMeeting
{
    public const int MinutesLength = 10_000;
    public const int DecisionsLength = 5000;

    public required Guid Id { get; init; }
    public required DateOnly HeldOn { get; set; }
    public MeetingState State { get; private set; }
    public string? Minutes { get; set; }
    public string? Decisions { get; set; }
    public DateTimeOffset? ClosedAt { get; private set; }

    /// <summary>Null when the demonstration invented it.</summary>
    public Guid? ClosedById { get; private set; }

    /// <summary>Raised by each act.</summary>
    public int Version { get; set; }

    public void Close(Guid? by, DateTimeOffset now) => (State, ClosedAt, ClosedById) = State == MeetingState.Open
        ? (MeetingState.Closed, now, by)
        : throw new InvalidOperationException("It is closed already.");
}

internal sealed class LearningMeetingMap : IEntityTypeConfiguration<LearningMeeting>
{
    public void Configure(EntityTypeBuilder<LearningMeeting> builder)
    {
        builder.Property(meeting => meeting.Minutes).HasMaxLength(LearningMeeting.MinutesLength);
        builder.Property(meeting => meeting.Decisions).HasMaxLength(LearningMeeting.DecisionsLength);
        builder.Property(meeting => meeting.Version).HasDefaultValue(0);
        builder.HasIndex(meeting => meeting.State).IsUnique().HasFilter("state = 'Open'");
        builder.HasOne<StaffUser>().WithMany().HasForeignKey(meeting => meeting.ClosedById);
        builder.ToTable(table => table.HasCheckConstraint(
            "ck_learning_meetings_closed", "(state = 'Closed') = (closed_at is not null) and (closed_at is not null or closed_by_id is null)"));
    }
}

/// <summary>What a meeting minuted about one action; of a closed meeting also how the action stood then.</summary>
internal sealed class MeetingMinute
{
    public const int WordsLength = 2000;
    public const int WhoLength = 320;

    public required Guid MeetingId { get; init; }
    public required Guid ActionId { get; init; }
    public string? Words { get; set; }
    public int? Number { get; private set; }
    public string? What { get; private set; }
    public string? Source { get; private set; }
    public string? Who { get; private set; }
    public DateOnly? DueOn { get; private set; }
    public ActionStanding? Standing { get; private set; }

    public void Fix(ActionRow action, DateOnly on) => (Number, What, Source, Who, DueOn, Standing) =
        (action.Number, action.What, action.Source, action.Who.Length <= WhoLength ? action.Who : action.Who[..WhoLength], action.Due, action.StandingOn(on));
}

internal sealed class MeetingMinuteMap : IEntityTypeConfiguration<MeetingMinute>
{
    public void Configure(EntityTypeBuilder<MeetingMinute> builder)
    {
        builder.HasKey(minute => new { minute.MeetingId, minute.ActionId });
        builder.Property(minute => minute.Words).HasMaxLength(MeetingMinute.WordsLength);
        builder.Property(minute => minute.What).HasMaxLength(ActionFacts.WhatLength);
        builder.Property(minute => minute.Source).HasMaxLength(SourceFacts.TitleLength);
        builder.Property(minute => minute.Who).HasMaxLength(MeetingMinute.WhoLength);
        builder.HasOne<LearningMeeting>().WithMany().HasForeignKey(minute => minute.MeetingId);
        builder.HasOne<LearningAction>().WithMany().HasForeignKey(minute => minute.ActionId);
        builder.ToTable(table => table.HasCheckConstraint("ck_meeting_minutes_fixed", "num_nonnulls(number, what, source, who, due_on, standing) in (0, 6)"));
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingHub.Bookings;

namespace TrainingHub.Surveys;

internal enum InvitationState
{
    Scheduled,
    Sent,
    Answered,

    /// <summary>The time to answer ran out.</summary>
    Closed,

    /// <summary>Too late to send, or nobody to send it to.</summary>
    Missed,

    /// <summary>The person asked for no surveys.</summary>
    Stopped,

    /// <summary>The mark was changed to absent, or the date was cancelled. Comes back to life when that is undone in time.</summary>
    Withdrawn,
}

internal enum SendRefusal
{
    NotAttended,
    NobodyToWriteTo,
    SurveysStopped,
    TooLate,
}

/// <summary>
/// The one question to one delegate about one attended place at one moment. Says whether it was answered, never what: answers are linked
/// through <see cref="SurveyLink"/> alone. It holds no time of answering, which would point at an answer after the link is gone.
/// </summary>
internal sealed class SurveyInvitation
{
    public const string LinkPurpose = "survey";
    public const string StopPurpose = "stop-surveys";
    public const int MaxReminders = 2;

    /// <summary>States in which answers are taken until the survey closes. A person who wants no more surveys may still answer this one.</summary>
    public static readonly IReadOnlyList<InvitationState> OpenStates = [InvitationState.Sent, InvitationState.Answered, InvitationState.Stopped];

    /// <summary>Those of <see cref="OpenStates"/> in which there are no answers yet, as the statement that adds the first is told.</summary>
    public static readonly string[] OpenForFirst = [.. OpenStates.Where(state => state != InvitationState.Answered).Select(state => state.ToString())];

    public required Guid Id { get; init; }
    public required Guid PlaceId { get; init; }
    public SurveyMoment Moment { get; init; } = SurveyMoment.ThreeMonths;

    /// <summary>The London date three calendar months after the course, moved to a working day; at the end, the day after its last day.</summary>
    public required DateOnly DueOn { get; init; }

    /// <summary>09:00 in London on <see cref="DueOn"/>.</summary>
    public required DateTimeOffset DueAt { get; init; }
    public InvitationState State { get; private set; }
    public DateTimeOffset? SentAt { get; private set; }

    /// <summary>What it asks: the version that was published when it was sent.</summary>
    public Guid? VersionId { get; private set; }

    /// <summary>The invitation in outgoing_emails, for as long as that row is kept.</summary>
    public Guid? EmailId { get; private set; }
    public int RemindersSent { get; private set; }
    public DateTimeOffset? NextReminderAt { get; private set; }

    /// <summary>When the last message about it went out; null also where an older program sent the invitation.</summary>
    public DateTimeOffset? LastEmailAt { get; private set; }

    /// <summary>When staff had it brought to mind once more, beside the reminders that come by themselves.</summary>
    public DateTimeOffset? ExtraReminderAt { get; private set; }
    public DateTimeOffset? ClosesAt { get; private set; }

    /// <summary>Known when it closed without an answer: the email had come back or could not be sent.</summary>
    public bool IsUndelivered { get; private set; }
    public required DateTimeOffset CreatedAt { get; init; }

    public SendRefusal? WhyNotSend(InvitedDelegate invited, DateTimeOffset now) =>
        !invited.Attended ? SendRefusal.NotAttended
        : !invited.CanBeWrittenTo ? SendRefusal.NobodyToWriteTo
        : invited.SurveysStopped ? SendRefusal.SurveysStopped
        : SentAt is null && SurveyTimes.IsTooLate(DueAt, now, Moment) ? SendRefusal.TooLate
        : null;

    public void MarkSent(Guid emailId, Guid versionId, DateTimeOffset now)
    {
        if (State != InvitationState.Scheduled)
        {
            throw new InvalidOperationException($"A survey that is {State} cannot be sent.");
        }

        (State, SentAt, EmailId, VersionId, LastEmailAt) = (InvitationState.Sent, now, emailId, versionId, now);
        ClosesAt = SurveyTimes.ClosesAt(now, Moment);
        NextReminderAt = Moment == SurveyMoment.ThreeMonths ? SurveyTimes.FirstReminderAt(now) : null;
    }

    public void MarkReminded(DateTimeOffset now)
    {
        if (State != InvitationState.Sent || SentAt is not { } sentAt || RemindersSent == MaxReminders)
        {
            throw new InvalidOperationException($"A survey that is {State} after {RemindersSent} reminders gets no other.");
        }

        (RemindersSent, LastEmailAt) = (RemindersSent + 1, now);
        NextReminderAt = RemindersSent < MaxReminders ? SurveyTimes.SecondReminderAt(sentAt, now) : null;
    }

    public void MarkRemindedByHand(DateTimeOffset now)
    {
        if (State != InvitationState.Sent || ExtraReminderAt is not null)
        {
            throw new InvalidOperationException($"A survey that is {State}, reminded by hand {ExtraReminderAt:O}, gets no extra reminder.");
        }

        (ExtraReminderAt, LastEmailAt) = (now, now);
    }

    /// <summary>Nothing more is sent. The link in an email that went out before still works until the survey closes.</summary>
    public void NotSend(SendRefusal refusal)
    {
        State = refusal switch
        {
            SendRefusal.NotAttended => InvitationState.Withdrawn,
            SendRefusal.SurveysStopped => InvitationState.Stopped,
            SendRefusal.NobodyToWriteTo or SendRefusal.TooLate when SentAt is null => InvitationState.Missed,
            SendRefusal.NobodyToWriteTo or SendRefusal.TooLate => InvitationState.Sent,
        };
        NextReminderAt = null;
    }

    /// <summary>Whether answers are taken or corrected now.</summary>
    public static bool TakesAnswers(InvitationState state, DateTimeOffset? closesAt, DateTimeOffset now) =>
        OpenStates.Contains(state) && now < closesAt;
}

internal sealed class SurveyInvitationMap : IEntityTypeConfiguration<SurveyInvitation>
{
    public void Configure(EntityTypeBuilder<SurveyInvitation> builder)
    {
        builder.Property(invitation => invitation.IsUndelivered).HasDefaultValue(false);
        builder.Property(invitation => invitation.Moment).HasDefaultValue(SurveyMoment.ThreeMonths).HasSentinel(SurveyMoment.ThreeMonths);
        builder.HasIndex(invitation => new { invitation.PlaceId, invitation.Moment }).IsUnique();
        builder.HasIndex(invitation => invitation.DueAt).HasFilter("state = 'Scheduled'");
        builder.HasIndex(invitation => invitation.NextReminderAt).HasFilter("state = 'Sent'");
        builder.HasIndex(invitation => invitation.ClosesAt).HasFilter("state = 'Sent'");
        builder.HasOne<Place>().WithMany().HasForeignKey(invitation => invitation.PlaceId);
        builder.HasOne<SurveyVersion>().WithMany().HasForeignKey(invitation => invitation.VersionId);
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_survey_invitations_reminders_sent", "reminders_sent between 0 and 2");
            table.HasCheckConstraint("ck_survey_invitations_version", "(sent_at is null) = (version_id is null)");
        });
    }
}

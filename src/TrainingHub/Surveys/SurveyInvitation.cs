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
}

/// <summary>
/// The one question to one delegate about one attended place. Says whether it was answered, never what: answers are linked
/// through <see cref="SurveyLink"/> alone.
/// </summary>
internal sealed class SurveyInvitation
{
    public const string LinkPurpose = "survey";
    public const string StopPurpose = "stop-surveys";

    public required Guid Id { get; init; }
    public required Guid PlaceId { get; init; }

    /// <summary>The London date three calendar months after the course, moved to a working day.</summary>
    public required DateOnly DueOn { get; init; }

    /// <summary>09:00 in London on <see cref="DueOn"/>.</summary>
    public required DateTimeOffset DueAt { get; init; }
    public InvitationState State { get; set; }
    public DateTimeOffset? SentAt { get; set; }
    public int RemindersSent { get; set; }
    public DateTimeOffset? NextReminderAt { get; set; }
    public DateTimeOffset? ClosesAt { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
}

internal sealed class SurveyInvitationMap : IEntityTypeConfiguration<SurveyInvitation>
{
    public void Configure(EntityTypeBuilder<SurveyInvitation> builder)
    {
        builder.HasIndex(invitation => invitation.PlaceId).IsUnique();
        builder.HasIndex(invitation => invitation.DueAt).HasFilter("state = 'Scheduled'");
        builder.HasIndex(invitation => invitation.NextReminderAt).HasFilter("state = 'Sent'");
        builder.HasIndex(invitation => invitation.ClosesAt).HasFilter("state = 'Sent'");
        builder.HasOne<Place>().WithOne().HasForeignKey<SurveyInvitation>(invitation => invitation.PlaceId);
        builder.ToTable(table => table.HasCheckConstraint("ck_survey_invitations_reminders_sent", "reminders_sent between 0 and 2"));
    }
}

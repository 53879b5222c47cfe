using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingHub.Surveys;

/// <summary>Who is told, one after the other.</summary>
internal enum AlertStep
{
    Lead,
    Deputy,
    OnCall,
}

internal enum AlertState
{
    Due,
    Sent,

    /// <summary>Somebody acknowledged the concern, or it was over, before it was due.</summary>
    NotNeeded,
}

/// <summary>That somebody is told of a concern at a time, unless it is acknowledged before.</summary>
internal sealed class ConcernAlert
{
    public required Guid Id { get; init; }
    public required Guid ConcernId { get; init; }
    public required AlertStep Step { get; init; }
    public AlertState State { get; private set; }
    public required DateTimeOffset DueAt { get; init; }
    public DateTimeOffset? DoneAt { get; private set; }

    public static ConcernAlert New(Guid concern, AlertStep step, DateTimeOffset dueAt, DateTimeOffset now) =>
        new() { Id = Guid.CreateVersion7(now), ConcernId = concern, Step = step, DueAt = dueAt };

    public void MarkSent(DateTimeOffset now) => (State, DoneAt) = (AlertState.Sent, now);

    public void Drop(DateTimeOffset now) => (State, DoneAt) = (AlertState.NotNeeded, now);
}

internal sealed class ConcernAlertMap : IEntityTypeConfiguration<ConcernAlert>
{
    public void Configure(EntityTypeBuilder<ConcernAlert> builder)
    {
        builder.HasIndex(alert => new { alert.ConcernId, alert.Step }).IsUnique();
        builder.HasIndex(alert => alert.DueAt).HasFilter("state = 'Due'");
        builder.HasOne<Concern>().WithMany().HasForeignKey(alert => alert.ConcernId);
        builder.ToTable(table => table.HasCheckConstraint("ck_concern_alerts_done", "(done_at is null) = (state = 'Due')"));
    }
}

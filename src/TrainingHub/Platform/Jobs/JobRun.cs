using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingHub.Platform.Jobs;

/// <summary>One run of a job: when, on which node, how many rows it handled, what waits, and the error that ended it.</summary>
internal sealed class JobRun
{
    public required Guid Id { get; init; }
    public required string Job { get; init; }
    public required string Node { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
    public DateTimeOffset? FinishedAt { get; private set; }
    public int? Handled { get; private set; }

    /// <summary>What was left to be tried again, in words for staff.</summary>
    public string? Waits { get; private set; }

    /// <summary>In words for staff, with the reference under which the log has the rest.</summary>
    public string? Error { get; private set; }
}

internal sealed class JobRunMap : IEntityTypeConfiguration<JobRun>
{
    public void Configure(EntityTypeBuilder<JobRun> builder) => builder.HasIndex(run => new { run.Job, run.StartedAt });
}

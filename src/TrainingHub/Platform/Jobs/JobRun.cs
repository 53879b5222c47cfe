using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingHub.Platform.Jobs;

/// <summary>One run of a job: when, on which node, how many rows it handled, and the error that ended it.</summary>
internal sealed class JobRun
{
    public required Guid Id { get; init; }
    public required string Job { get; init; }
    public required string Node { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
    public DateTimeOffset? FinishedAt { get; private set; }
    public int? Handled { get; private set; }
    public string? Error { get; private set; }

    public void Succeed(int handled, DateTimeOffset now) => (Handled, FinishedAt) = (handled, now);

    public void Fail(string error, DateTimeOffset now) => (Error, FinishedAt) = (error, now);
}

internal sealed class JobRunMap : IEntityTypeConfiguration<JobRun>
{
    public void Configure(EntityTypeBuilder<JobRun> builder) => builder.HasIndex(run => new { run.Job, run.StartedAt });
}

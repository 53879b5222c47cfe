using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingHub.Platform;

/// <summary>
/// That a record was forgotten because somebody asked for it: which and when, and nothing of what it said. It is kept without an end and
/// only added to, for whoever restores a backup of before has to forget it again.
/// </summary>
internal sealed class ErasedRecord
{
    /// <summary>What it was, a name that never changes.</summary>
    public required string Kind { get; init; }
    public required Guid RecordId { get; init; }
    public required DateTimeOffset ErasedAt { get; init; }

    /// <summary>Joins its caller's transaction; of a record that was forgotten before, the first time stays.</summary>
    public static Task<int> NoteAsync(TrainingHubDb db, string kind, IReadOnlyCollection<Guid> ids, DateTimeOffset now, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync(
            $"""
            insert into erased_records (kind, record_id, erased_at)
            select {kind}, id, {now}
            from unnest({ids.ToArray()}) as id
            on conflict do nothing
            """,
            ct);
}

internal sealed class ErasedRecordMap : IEntityTypeConfiguration<ErasedRecord>
{
    public void Configure(EntityTypeBuilder<ErasedRecord> builder)
    {
        builder.HasKey(record => new { record.Kind, record.RecordId });
        builder.HasIndex(record => record.ErasedAt);
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingHub.PersonalData;

/// <summary>A record that staff ticked as the asker's: its id, and nothing of what it says.</summary>
internal sealed class DataRequestRecord
{
    public required Guid RequestId { get; init; }
    public required HeldKind Kind { get; init; }
    public required Guid RecordId { get; init; }
}

internal sealed class DataRequestRecordMap : IEntityTypeConfiguration<DataRequestRecord>
{
    public void Configure(EntityTypeBuilder<DataRequestRecord> builder)
    {
        builder.HasKey(record => new { record.RequestId, record.Kind, record.RecordId });
        builder.HasOne<DataRequest>().WithMany().HasForeignKey(record => record.RequestId);
    }
}

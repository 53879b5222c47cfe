using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingHub.Platform;

/// <summary>
/// Tries of one kind by one subject that still count. The subject is a hash, so that the table names nobody. Only <see cref="Tries"/>
/// writes here.
/// </summary>
internal sealed class RecentTries
{
    public required string What { get; init; }
    public required byte[] Subject { get; init; }

    /// <summary>The earliest first.</summary>
    public required DateTimeOffset[] At { get; init; }
    public required DateTimeOffset LastAt { get; init; }
}

internal sealed class RecentTriesMap : IEntityTypeConfiguration<RecentTries>
{
    public void Configure(EntityTypeBuilder<RecentTries> builder)
    {
        builder.HasKey(tries => new { tries.What, tries.Subject });
        builder.HasIndex(tries => tries.LastAt);
    }
}

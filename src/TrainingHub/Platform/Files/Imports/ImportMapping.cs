using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingHub.Platform.Files;

/// <summary>What staff have said that a heading of a kind of file means, for the next file.</summary>
internal sealed class ImportHeading
{
    public required string Kind { get; init; }
    public required string HeadingKey { get; init; }

    /// <summary>Null = leave the column out.</summary>
    public required string? ColumnName { get; init; }
}

/// <summary>What staff have said that a value of a listed column means: "Schools" is Education.</summary>
internal sealed class ImportValue
{
    public required string Kind { get; init; }
    public required string ColumnName { get; init; }
    public required string ValueKey { get; init; }

    /// <summary>A known name, as the list has it.</summary>
    public required string Means { get; init; }
}

internal sealed class ImportHeadingMap : IEntityTypeConfiguration<ImportHeading>
{
    public void Configure(EntityTypeBuilder<ImportHeading> builder) => builder.HasKey(heading => new { heading.Kind, heading.HeadingKey });
}

internal sealed class ImportValueMap : IEntityTypeConfiguration<ImportValue>
{
    public void Configure(EntityTypeBuilder<ImportValue> builder) => builder.HasKey(value => new { value.Kind, value.ColumnName, value.ValueKey });
}

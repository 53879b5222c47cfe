using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingHub.Platform.Files;

/// <summary>A file between its preview and the agreement to it. It may hold names and addresses, so it lives for an hour.</summary>
internal sealed class ImportUpload
{
    public const int FileNameLength = 200;
    public static readonly TimeSpan Life = TimeSpan.FromHours(1);

    public required Guid Id { get; init; }
    public required string Kind { get; init; }
    public required string FileName { get; init; }
    public required byte[] Content { get; init; }

    /// <summary>The staff user; nobody else sees the file.</summary>
    public required Guid UploadedBy { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
}

internal sealed class ImportUploadMap : IEntityTypeConfiguration<ImportUpload>
{
    public void Configure(EntityTypeBuilder<ImportUpload> builder)
    {
        builder.Property(upload => upload.FileName).HasMaxLength(ImportUpload.FileNameLength);
        builder.HasIndex(upload => upload.ExpiresAt);
    }
}

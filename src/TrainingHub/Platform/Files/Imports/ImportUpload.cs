using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingHub.Platform.Files;

internal enum ImportState
{
    /// <summary>To be read and tried out, or about to be.</summary>
    Checking,

    /// <summary>The preview is there: what it would do, or what is wrong.</summary>
    Checked,

    /// <summary>Agreed to; to be written, or being written.</summary>
    Importing,
    Done,

    /// <summary>The process that worked on it ended. Nothing was written.</summary>
    Interrupted,

    /// <summary>An unexpected fault. Nothing was written.</summary>
    Failed,
}

/// <summary>
/// A file on its way in. It may hold names and addresses, so its content lives for an hour at most and goes as soon as it is
/// imported; that it was imported, with counts and notes, is kept for a week.
/// </summary>
internal sealed class ImportUpload
{
    public const int FileNameLength = 200;
    public static readonly TimeSpan Life = TimeSpan.FromHours(1);
    public static readonly TimeSpan LifeWhenDone = TimeSpan.FromDays(7);

    public required Guid Id { get; init; }

    /// <summary>The name of its <see cref="FileKind"/>.</summary>
    public required string Kind { get; init; }
    public required string FileName { get; init; }
    public required byte[] Content { get; init; }

    /// <summary>SHA-256 of the content: one file is imported once at a time, whoever sends it.</summary>
    public required byte[] ContentHash { get; init; }

    /// <summary>The staff user; nobody else sees the file.</summary>
    public required Guid UploadedBy { get; init; }

    /// <summary>Whose name history keeps.</summary>
    public required string UploaderName { get; init; }

    public Actor Uploader => new(UploadedBy, UploaderName);
    public required DateTimeOffset UploadedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
    public ImportState State { get; private set; }

    /// <summary>Leave out what nobody asked for.</summary>
    public bool IsLenient { get; private set; }

    /// <summary>While somebody works on it; when it lapses, they are gone.</summary>
    public DateTimeOffset? LeaseUntil { get; private set; }
    public int RowsRead { get; private set; }
    public int RowsChecked { get; private set; }
    public int RowsWritten { get; private set; }

    /// <summary>An <see cref="ImportReport"/> as JSON; null until it was checked.</summary>
    public string? Report { get; private set; }
    public DateTimeOffset? FinishedAt { get; private set; }
}

internal sealed class ImportUploadMap : IEntityTypeConfiguration<ImportUpload>
{
    public void Configure(EntityTypeBuilder<ImportUpload> builder)
    {
        builder.Property(upload => upload.FileName).HasMaxLength(ImportUpload.FileNameLength);
        builder.Property(upload => upload.Report).HasColumnType("jsonb");
        builder.Property(upload => upload.ContentHash).HasDefaultValueSql("''::bytea");
        builder.Ignore(upload => upload.Uploader);
        builder.Property(upload => upload.UploaderName).HasDefaultValue("");
        builder.Property(upload => upload.UploadedAt).HasDefaultValueSql("now()");
        builder.Property(upload => upload.State).HasDefaultValue(ImportState.Checking);
        builder.Property(upload => upload.IsLenient).HasDefaultValue(false);
        builder.Property(upload => upload.RowsRead).HasDefaultValue(0);
        builder.Property(upload => upload.RowsChecked).HasDefaultValue(0);
        builder.Property(upload => upload.RowsWritten).HasDefaultValue(0);
        builder.HasIndex(upload => upload.ExpiresAt);
        builder.HasIndex(upload => new { upload.UploadedBy, upload.UploadedAt });
        builder.HasIndex(upload => new { upload.Kind, upload.ContentHash }).HasFilter("state = 'Importing'").IsUnique();
    }
}

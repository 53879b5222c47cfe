using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingHub.People;
using TrainingHub.Platform;

namespace TrainingHub.Payments;

/// <summary>
/// A bank's file from its upload to the end of its booking. Its content is kept only until somebody agrees to its preview, an hour at
/// most; that it was read, by whom and with how many lines stays as long as its lines do.
/// </summary>
internal sealed class BankFile
{
    public const int FileNameLength = 200;

    /// <summary>A file that nobody agreed to is gone after that.</summary>
    public static readonly TimeSpan LifeBeforeAgreed = TimeSpan.FromHours(1);

    public required Guid Id { get; init; }
    public required string FileName { get; init; }
    public required BankFormat Format { get; init; }

    /// <summary>Null once it was agreed to: its lines are in the table.</summary>
    public byte[]? Content { get; private set; }

    /// <summary>SHA-256, so that the same file again is said to be the same.</summary>
    public required byte[] ContentHash { get; init; }
    public required int CreditCount { get; init; }
    public required int DebitCount { get; init; }
    public required int LaterCount { get; init; }

    /// <summary>Lines that no file had before. Null until it was agreed to.</summary>
    public int? NewCount { get; private set; }
    public required Guid UploadedById { get; init; }
    public required DateTimeOffset UploadedAt { get; init; }
    public DateTimeOffset? AgreedAt { get; private set; }

    /// <summary>When each line of it had been tried; null while that goes on.</summary>
    public DateTimeOffset? BookedAt { get; private set; }

    /// <summary>For what is booked after the page was left. History knows the name by the account.</summary>
    public Actor Uploader => new(UploadedById, "");

    public static BankFile Of(BankStatement read, byte[] content, byte[] hash, string fileName, Actor by, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        FileName = fileName.Length <= FileNameLength ? fileName : fileName[^FileNameLength..],
        Format = read.Format ?? throw new ArgumentException("A file that cannot be read is not kept.", nameof(read)),
        Content = content,
        ContentHash = hash,
        CreditCount = read.Credits.Count,
        DebitCount = read.DebitCount,
        LaterCount = read.LaterCount,
        UploadedById = by.Id,
        UploadedAt = now,
    };

    /// <summary>Its lines are in the table, so many of them for the first time.</summary>
    public void Agree(int newCount, DateTimeOffset now) => (Content, NewCount, AgreedAt, BookedAt) = (null, newCount, now, newCount == 0 ? now : null);

    /// <summary>Each of its lines has been tried.</summary>
    public void FinishBooking(DateTimeOffset now) => BookedAt = now;
}

internal sealed class BankFileMap : IEntityTypeConfiguration<BankFile>
{
    public void Configure(EntityTypeBuilder<BankFile> builder)
    {
        builder.Property(file => file.FileName).HasMaxLength(BankFile.FileNameLength);
        builder.Ignore(file => file.Uploader);
        builder.HasIndex(file => file.UploadedAt);
        builder.HasIndex(file => file.AgreedAt).HasFilter("agreed_at is not null and booked_at is null");
        builder.HasOne<StaffUser>().WithMany().HasForeignKey(file => file.UploadedById);
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_bank_files_counts", "credit_count >= 0 and debit_count >= 0 and later_count >= 0 and new_count <= credit_count");
            table.HasCheckConstraint(
                "ck_bank_files_agreed",
                "(agreed_at is null) = (content is not null) and (agreed_at is null) = (new_count is null) and (booked_at is null or agreed_at is not null)");
        });
    }
}

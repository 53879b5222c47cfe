using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingHub.People;
using TrainingHub.Platform.Files;

namespace TrainingHub.Learning;

/// <summary>What providers were told of a changed content, all of them the same. It never changes: a wrong one is withdrawn and another sent.</summary>
internal sealed class ContentNotice
{
    public const int TextLength = 5000;
    public const int BecauseLength = 500;

    public required Guid Id { get; init; }
    public required Guid ChangeId { get; init; }

    /// <summary>The courses and the first day, as they were told.</summary>
    public required Guid[] CourseIds { get; init; }
    public required DateOnly FromOn { get; init; }

    /// <summary>The new text, or what to teach otherwise.</summary>
    public required string Text { get; init; }

    /// <summary>The last day on which to acknowledge it.</summary>
    public required DateOnly DueOn { get; init; }
    public required DateTimeOffset SentAt { get; init; }

    /// <summary>Null when the demonstration invented it.</summary>
    public Guid? SentById { get; init; }
    public string? FileName { get; init; }
    public CheckedFileKind? FileKind { get; init; }
    public byte[]? FileContent { get; init; }
    public DateTimeOffset? WithdrawnAt { get; private set; }
    public string? WithdrawnBecause { get; private set; }

    public void Withdraw(string because, DateTimeOffset now) => (WithdrawnAt, WithdrawnBecause) = WithdrawnAt is null
        ? (now, because)
        : throw new InvalidOperationException("It is withdrawn already.");
}

internal sealed class ContentNoticeMap : IEntityTypeConfiguration<ContentNotice>
{
    public void Configure(EntityTypeBuilder<ContentNotice> builder)
    {
        builder.Property(notice => notice.Text).HasMaxLength(ContentNotice.TextLength);
        builder.Property(notice => notice.FileName).HasMaxLength(CheckedFile.NameLength);
        builder.Property(notice => notice.WithdrawnBecause).HasMaxLength(ContentNotice.BecauseLength);
        builder.HasOne<ContentChange>().WithMany().HasForeignKey(notice => notice.ChangeId);
        builder.HasOne<StaffUser>().WithMany().HasForeignKey(notice => notice.SentById);
        builder.ToTable(table =>
        {
            table.HasCheckConstraint(
                "ck_content_notices_file", $"num_nonnulls(file_name, file_kind, file_content) in (0, 3) and octet_length(file_content) between 1 and {CheckedFile.MostBytes}");
            table.HasCheckConstraint("ck_content_notices_withdrawn", "(withdrawn_at is null) = (withdrawn_because is null)");
        });
    }
}

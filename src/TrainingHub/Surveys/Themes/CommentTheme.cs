using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingHub.People;

namespace TrainingHub.Surveys;

/// <summary>A theme of the code frame. It is archived, never deleted: texts keep what they were coded with.</summary>
internal sealed class CommentTheme
{
    public const int NameLength = 80;
    public const int DescriptionLength = 300;

    public required Guid Id { get; init; }
    public required string Name { get; set; }

    /// <summary>When a text has it, so that two readers code alike.</summary>
    public required string Description { get; set; }
    public DateTimeOffset? ArchivedAt { get; set; }
    public int Version { get; private set; }

    public void Next() => Version++;
}

/// <summary>That somebody has coded a text: the first reader's codes are counted, the second's show how far two agree.</summary>
internal sealed class CommentReading
{
    public const int First = 1;
    public const int Second = 2;

    public required Guid CommentId { get; init; }

    /// <summary><see cref="First"/> or <see cref="Second"/>.</summary>
    public required int Reader { get; init; }
    public required Guid ReaderId { get; init; }
}

internal sealed class CommentCode
{
    public required Guid CommentId { get; init; }
    public required int Reader { get; init; }
    public required Guid ThemeId { get; init; }
}

internal sealed class CommentThemeMap : IEntityTypeConfiguration<CommentTheme>
{
    public void Configure(EntityTypeBuilder<CommentTheme> builder)
    {
        builder.Property(theme => theme.Name).HasMaxLength(CommentTheme.NameLength);
        builder.Property(theme => theme.Description).HasMaxLength(CommentTheme.DescriptionLength);
        builder.Property(theme => theme.Version).HasDefaultValue(0).IsConcurrencyToken();
        builder.HasIndex(theme => theme.Name).IsUnique();
    }
}

internal sealed class CommentReadingMap : IEntityTypeConfiguration<CommentReading>
{
    public void Configure(EntityTypeBuilder<CommentReading> builder)
    {
        builder.HasKey(reading => new { reading.CommentId, reading.Reader });
        builder.HasIndex(reading => new { reading.CommentId, reading.ReaderId }).IsUnique();
        builder.HasOne<StaffUser>().WithMany().HasForeignKey(reading => reading.ReaderId);
        builder.ToTable(table => table.HasCheckConstraint("ck_comment_readings_reader", "reader in (1, 2)"));
    }
}

internal sealed class CommentCodeMap : IEntityTypeConfiguration<CommentCode>
{
    public void Configure(EntityTypeBuilder<CommentCode> builder)
    {
        builder.HasKey(code => new { code.CommentId, code.Reader, code.ThemeId });
        builder.HasOne<CommentReading>().WithMany().HasForeignKey(code => new { code.CommentId, code.Reader });
        builder.HasOne<CommentTheme>().WithMany().HasForeignKey(code => code.ThemeId);
    }
}

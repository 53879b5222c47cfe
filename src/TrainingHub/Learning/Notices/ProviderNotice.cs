using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingHub.Catalogue;
using TrainingHub.Platform;

namespace TrainingHub.Learning;

internal enum ProviderNoticeState
{
    Sent,
    Acknowledged,
    Withdrawn,
}

/// <summary>A notice as one provider has it: whether they acknowledged it, and how often they were reminded.</summary>
internal sealed class ProviderNotice
{
    public const string LinkPurpose = "provider-notice";
    public const int NameLength = 120;
    public const int WordsLength = 1000;

    /// <summary>Days before the deadline on which who has not acknowledged is reminded.</summary>
    public const int RemindDays = 3;

    /// <summary>Months after the deadline for which the link still says how it stands.</summary>
    public const int LinkMonths = 12;

    /// <summary>Months after it was acknowledged for which the name and the words are kept.</summary>
    public const int KeptMonths = 24;

    public required Guid Id { get; init; }
    public required Guid NoticeId { get; init; }
    public required Guid ProviderId { get; init; }
    public ProviderNoticeState State { get; private set; }

    /// <summary>The day of the reminder before the deadline; null when the notice came too late for one.</summary>
    public DateOnly? RemindOn { get; init; }
    public DateTimeOffset? RemindedAt { get; private set; }

    /// <summary>When they were reminded after the deadline, and we were told.</summary>
    public DateTimeOffset? ChasedAt { get; private set; }
    public DateTimeOffset? AcknowledgedAt { get; private set; }

    /// <summary>Who, as they typed it; null once it is no longer kept.</summary>
    public string? AcknowledgedBy { get; private set; }
    public string? AcknowledgedWords { get; private set; }
    public DateTimeOffset? WithdrawnAt { get; private set; }

    /// <returns>Three days before the deadline, else the day before it; null when that is not after the day of sending.</returns>
    public static DateOnly? RemindOnOf(DateOnly sentOn, DateOnly dueOn) =>
        dueOn.AddDays(-RemindDays) > sentOn ? dueOn.AddDays(-RemindDays) : dueOn.AddDays(-1) > sentOn ? dueOn.AddDays(-1) : null;

    public static DateTimeOffset LinkExpiresAt(DateOnly dueOn) => London.Instant(dueOn.AddMonths(LinkMonths), TimeOnly.MinValue);

    public void Acknowledge(string by, string? words, DateTimeOffset now) => (State, AcknowledgedAt, AcknowledgedBy, AcknowledgedWords) = State == ProviderNoticeState.Sent
        ? (ProviderNoticeState.Acknowledged, now, by, words)
        : throw new InvalidOperationException("It is acknowledged or withdrawn.");

    public void Withdraw(DateTimeOffset now) => (State, WithdrawnAt) = State != ProviderNoticeState.Withdrawn
        ? (ProviderNoticeState.Withdrawn, now)
        : throw new InvalidOperationException("It is withdrawn already.");

    public void Remind(DateTimeOffset now) => RemindedAt = now;

    public void Chase(DateTimeOffset now) => ChasedAt = now;
}

internal sealed class ProviderNoticeMap : IEntityTypeConfiguration<ProviderNotice>
{
    public void Configure(EntityTypeBuilder<ProviderNotice> builder)
    {
        builder.Property(notice => notice.AcknowledgedBy).HasMaxLength(ProviderNotice.NameLength);
        builder.Property(notice => notice.AcknowledgedWords).HasMaxLength(ProviderNotice.WordsLength);
        builder.HasIndex(notice => new { notice.NoticeId, notice.ProviderId }).IsUnique();
        builder.HasOne<ContentNotice>().WithMany().HasForeignKey(notice => notice.NoticeId);
        builder.HasOne<Provider>().WithMany().HasForeignKey(notice => notice.ProviderId);
        builder.ToTable(table =>
        {
            table.HasCheckConstraint(
                "ck_provider_notices_acknowledged",
                "(state <> 'Sent' or acknowledged_at is null) and (state <> 'Acknowledged' or acknowledged_at is not null) "
                + "and (acknowledged_at is not null or (acknowledged_by is null and acknowledged_words is null))");
            table.HasCheckConstraint("ck_provider_notices_withdrawn", "(state = 'Withdrawn') = (withdrawn_at is not null)");
        });
    }
}

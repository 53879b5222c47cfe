using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingHub.Payments;

/// <summary>Whoever pays an invoice was reminded of it. Once for each of the days that the settings name.</summary>
internal sealed class InvoiceReminder
{
    public required Guid Id { get; init; }
    public required Guid InvoiceId { get; init; }

    /// <summary>For which number of days after the due date; null when staff sent it by hand.</summary>
    public int? AfterDays { get; init; }
    public required DateTimeOffset SentAt { get; init; }
}

internal sealed class InvoiceReminderMap : IEntityTypeConfiguration<InvoiceReminder>
{
    public void Configure(EntityTypeBuilder<InvoiceReminder> builder)
    {
        builder.HasIndex(reminder => new { reminder.InvoiceId, reminder.AfterDays }).IsUnique();
        builder.HasOne<Invoice>().WithMany().HasForeignKey(reminder => reminder.InvoiceId);
    }
}

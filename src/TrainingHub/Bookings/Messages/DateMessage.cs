using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingHub.Bookings;

/// <summary>To whom of a date a message goes.</summary>
internal enum MessageAudience
{
    /// <summary>Who has a confirmed place.</summary>
    Delegates,

    /// <summary>Who booked a place that is live.</summary>
    Bookers,

    /// <summary>Who is on the waiting list.</summary>
    Waiting,
}

/// <summary>A message that staff sent to many people. Its id is the form's, and the batch of its emails.</summary>
internal sealed class DateMessage
{
    public const int SubjectLength = 150;
    public const int TextLength = 4000;

    public required Guid Id { get; init; }

    /// <summary>As it was written, with fields.</summary>
    public required string Subject { get; init; }
    public required string Text { get; init; }
    public required MessageAudience Audience { get; init; }
    public required Guid[] RunIds { get; init; }

    /// <summary>Only the people of these; null is everybody on the dates.</summary>
    public Guid[]? BookingIds { get; init; }
    public required string WrittenBy { get; init; }
    public required DateTimeOffset SentAt { get; init; }

    /// <summary>One email each.</summary>
    public required int RecipientCount { get; init; }

    /// <summary>People who would have got it, had they an address that works.</summary>
    public required int LeftOutCount { get; init; }

    /// <summary>"24 delegates".</summary>
    public static string Words(MessageAudience audience, int count) => audience switch
    {
        MessageAudience.Delegates => count == 1 ? "1 delegate" : $"{count} delegates",
        MessageAudience.Bookers => count == 1 ? "1 person who booked" : $"{count} people who booked",
        MessageAudience.Waiting => count == 1 ? "1 person who waits" : $"{count} people who wait",
    };
}

internal sealed class DateMessageMap : IEntityTypeConfiguration<DateMessage>
{
    public void Configure(EntityTypeBuilder<DateMessage> builder)
    {
        builder.Property(message => message.Id).ValueGeneratedNever();
        builder.Property(message => message.Subject).HasMaxLength(DateMessage.SubjectLength);
        builder.Property(message => message.Text).HasMaxLength(DateMessage.TextLength);
        builder.HasIndex(message => message.SentAt);
    }
}

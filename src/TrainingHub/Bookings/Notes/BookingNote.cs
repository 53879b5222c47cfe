using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingHub.Bookings;

/// <summary>What staff wrote down about a booking, for staff alone. It goes when the names of the booking do.</summary>
internal sealed class BookingNote
{
    public const int TextLength = 1000;

    public required Guid Id { get; init; }
    public required Guid BookingId { get; init; }
    public required string Text { get; init; }
    public required string Author { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
}

internal sealed class BookingNoteMap : IEntityTypeConfiguration<BookingNote>
{
    public void Configure(EntityTypeBuilder<BookingNote> builder)
    {
        builder.Property(note => note.Text).HasMaxLength(BookingNote.TextLength);
        builder.HasIndex(note => note.BookingId);
        builder.HasOne<Booking>().WithMany().HasForeignKey(note => note.BookingId);
    }
}

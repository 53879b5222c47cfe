using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingHub.People;

namespace TrainingHub.Surveys;

/// <summary>What the lead wrote down about a concern. Only added to.</summary>
internal sealed class ConcernNote
{
    public const int TextLength = 2000;

    public required Guid Id { get; init; }
    public required Guid ConcernId { get; init; }
    public required DateTimeOffset WrittenAt { get; init; }
    public required Guid WrittenById { get; init; }
    public required string Text { get; init; }
}

internal sealed class ConcernNoteMap : IEntityTypeConfiguration<ConcernNote>
{
    public void Configure(EntityTypeBuilder<ConcernNote> builder)
    {
        builder.Property(note => note.Text).HasMaxLength(ConcernNote.TextLength);
        builder.HasOne<Concern>().WithMany().HasForeignKey(note => note.ConcernId);
        builder.HasOne<StaffUser>().WithMany().HasForeignKey(note => note.WrittenById);
    }
}

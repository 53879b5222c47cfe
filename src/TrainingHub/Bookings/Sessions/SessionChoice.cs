using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingHub.Catalogue;

namespace TrainingHub.Bookings;

/// <summary>The session that whoever has a place chose of a slot. The database frees it when the place ends or goes to another date.</summary>
internal sealed class SessionChoice
{
    public required Guid PlaceId { get; init; }
    public required Guid SlotId { get; init; }
    public required Guid SessionId { get; init; }
    public required DateTimeOffset ChosenAt { get; init; }
}

internal sealed class SessionChoiceMap : IEntityTypeConfiguration<SessionChoice>
{
    public void Configure(EntityTypeBuilder<SessionChoice> builder)
    {
        builder.HasKey(choice => new { choice.PlaceId, choice.SlotId });
        builder.HasOne<Place>().WithMany().HasForeignKey(choice => choice.PlaceId);
        builder.HasIndex(choice => new { choice.SessionId, choice.SlotId });
        builder.HasOne<EventSession>().WithMany().HasForeignKey(choice => new { choice.SessionId, choice.SlotId })
            .HasPrincipalKey(session => new { session.Id, session.SlotId });
    }
}

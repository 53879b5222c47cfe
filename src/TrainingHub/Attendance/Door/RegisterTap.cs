using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingHub.Bookings;

namespace TrainingHub.Attendance;

/// <summary>Whose tap it is: a tab of a browser, which numbers its taps from 1 on.</summary>
internal readonly record struct Tap(Guid Tab, int Number);

/// <summary>
/// The last tap on one line of a register that has arrived from a tab. A bad connection sends taps twice and overtakes them: one that is
/// not newer than the last is an echo, and changes nothing.
/// </summary>
internal sealed class RegisterTap
{
    public required Guid PlaceId { get; init; }

    /// <summary>0 where the date is one meeting.</summary>
    public required short Meeting { get; init; }
    public required Guid Tab { get; init; }
    public required int Number { get; init; }

    /// <returns>False for an echo. The caller holds the place.</returns>
    public static async Task<bool> TakeAsync(TrainingHubDb db, Sitting sitting, Guid place, Tap tap, CancellationToken ct) =>
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into register_taps (place_id, meeting, tab, number)
            values ({place}, {sitting.Meeting ?? 0}, {tap.Tab}, {tap.Number})
            on conflict (place_id, meeting, tab) do update
            set number = excluded.number
            where register_taps.number < excluded.number
            """,
            ct) == 1;
}

internal sealed class RegisterTapMap : IEntityTypeConfiguration<RegisterTap>
{
    public void Configure(EntityTypeBuilder<RegisterTap> builder)
    {
        builder.HasKey(tap => new { tap.PlaceId, tap.Meeting, tap.Tab });
        builder.HasOne<Place>().WithMany().HasForeignKey(tap => tap.PlaceId);
    }
}

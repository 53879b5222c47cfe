using Microsoft.EntityFrameworkCore;
using TrainingHub.Catalogue;

namespace TrainingHub.Bookings;

/// <summary>A session that somebody chose, in words for a badge or a list.</summary>
/// <param name="Day">Null when the event has one day.</param>
/// <param name="Times"></param>
/// <param name="Title"></param>
/// <param name="Room"></param>
internal sealed record ChosenSession(DateOnly? Day, string Times, string Title, string? Room);

/// <summary>What everybody on a date chose, in the order of the days.</summary>
internal static class ChosenSessions
{
    public static async Task<ILookup<Guid, ChosenSession>> OfRunAsync(TrainingHubDb db, EventProgramme programme, CancellationToken ct)
    {
        var sessions = programme.Slots.SelectMany(slot => slot.Sessions.Select(session => (Slot: slot, Session: session))).ToDictionary(one => one.Session.Id);
        var ids = sessions.Keys.ToList();
        return (await db.SessionChoices.AsNoTracking().Where(choice => ids.Contains(choice.SessionId)).ToListAsync(ct))
            .OrderBy(choice => sessions[choice.SessionId].Slot.Meeting).ThenBy(choice => sessions[choice.SessionId].Slot.Begins)
            .ToLookup(choice => choice.PlaceId, choice => Of(sessions[choice.SessionId]));
    }

    private static ChosenSession Of((SlotLine Slot, SessionLine Session) one) => new(one.Slot.Day, one.Slot.Times, one.Session.Title, one.Session.Room);
}

using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;

namespace TrainingHub.Catalogue;

/// <summary>A session as pages show it.</summary>
internal sealed record SessionLine(Guid Id, string Title, string? About, string? Speakers, string? Room, int? Capacity, int PlacesTaken, int? PlacesLeft, int Version)
{
    public bool IsFull => PlacesLeft == 0;

    public string? PlacesWords => PlacesLeft switch
    {
        null => null,
        0 => "Full",
        1 => "1 place left",
        var left => $"{left} places left",
    };

    /// <summary>Who speaks and where, as far as it is known.</summary>
    public string Details => string.Join(". ", new[] { Speakers, Room }.OfType<string>());
}

/// <param name="Sessions">At least one.</param>
internal sealed record SlotLine(Guid Id, TimeOnly Begins, TimeOnly Ends, IReadOnlyList<SessionLine> Sessions)
{
    /// <summary>Each person chooses one of them.</summary>
    public bool IsChoice => Sessions.Count > 1;

    public string Times => $"{London.Words(Begins)} to {London.Words(Ends)}";
}

/// <summary>The day of an event in its order.</summary>
internal sealed record EventProgramme(IReadOnlyList<SlotLine> Slots, DateOnly? ChooseLastOn, int PlanVersion)
{
    public bool HasChoices => Slots.Any(slot => slot.IsChoice);

    public static async Task<EventProgramme> ReadAsync(TrainingHubDb db, Guid run, CancellationToken ct)
    {
        var rows = await (
            from slot in db.EventSlots.AsNoTracking()
            join session in db.EventSessions.AsNoTracking() on slot.Id equals session.SlotId
            where slot.RunId == run
            orderby slot.Begins, session.Id
            select new
            {
                slot.Id,
                slot.Begins,
                slot.Ends,
                Session = new SessionLine(
                    session.Id, session.Title, session.About, session.Speakers, session.Room, session.Capacity, session.PlacesTaken, session.PlacesLeft, session.Version),
            }).ToListAsync(ct);
        var plan = await db.EventPlans.AsNoTracking().SingleOrDefaultAsync(one => one.RunId == run, ct);
        return new(
            [.. rows.GroupBy(row => (row.Id, row.Begins, row.Ends))
                .Select(slot => new SlotLine(slot.Key.Id, slot.Key.Begins, slot.Key.Ends, [.. slot.Select(row => row.Session)]))],
            plan?.ChooseLastOn, plan?.Version ?? 0);
    }
}

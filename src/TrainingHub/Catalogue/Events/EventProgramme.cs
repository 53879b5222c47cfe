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

/// <param name="Id"></param>
/// <param name="Meeting">From 1.</param>
/// <param name="Day">Null when the date has one meeting.</param>
/// <param name="Begins"></param>
/// <param name="Ends"></param>
/// <param name="Sessions">At least one.</param>
internal sealed record SlotLine(Guid Id, short Meeting, DateOnly? Day, TimeOnly Begins, TimeOnly Ends, IReadOnlyList<SessionLine> Sessions)
{
    /// <summary>Each person chooses one of them.</summary>
    public bool IsChoice => Sessions.Count > 1;

    public string Times => $"{London.Words(Begins)} to {London.Words(Ends)}";

    /// <summary>The times, and on which day where there are several.</summary>
    public string When => MeetingWords.When(Day, Times);

    public Meeting MeetingOf(DateLine date) => date.EachMeeting[Math.Min((int)Meeting, date.EachMeeting.Count) - 1];
}

/// <param name="On">Null when it is the only one.</param>
/// <param name="Slots">In the order of the day.</param>
internal sealed record ProgrammeDay(DateOnly? On, IReadOnlyList<SlotLine> Slots);

/// <summary>The programme as visitors read it.</summary>
/// <param name="Programme"></param>
/// <param name="CanChoose">Whether who has a place chooses now; otherwise what is left is no longer of use.</param>
internal sealed record ShownProgramme(EventProgramme Programme, bool CanChoose)
{
    public static ShownProgramme Of(EventProgramme programme, DateLine date, DateTimeOffset now) =>
        new(programme, date.State == RunState.Scheduled && now < EventPlan.ClosesAt(programme.ChooseLastOn, date.StartsAt));
}

/// <summary>The days of an event in their order.</summary>
internal sealed record EventProgramme(IReadOnlyList<SlotLine> Slots, DateOnly? ChooseLastOn, int PlanVersion)
{
    public bool HasChoices => Slots.Any(slot => slot.IsChoice);

    /// <summary>Those for which there is a programme.</summary>
    public IEnumerable<ProgrammeDay> Days => Slots.GroupBy(slot => (slot.Meeting, slot.Day)).Select(day => new ProgrammeDay(day.Key.Day, [.. day]));

    public static async Task<EventProgramme> ReadAsync(TrainingHubDb db, Guid run, CancellationToken ct)
    {
        var rows = await (
            from slot in db.EventSlots.AsNoTracking()
            join session in db.EventSessions.AsNoTracking() on slot.Id equals session.SlotId
            where slot.RunId == run
            orderby slot.Meeting, slot.Begins, session.Id
            select new
            {
                slot.Id,
                slot.Meeting,
                slot.Begins,
                slot.Ends,
                Session = new SessionLine(
                    session.Id, session.Title, session.About, session.Speakers, session.Room, session.Capacity, session.PlacesTaken, session.PlacesLeft, session.Version),
            }).ToListAsync(ct);
        var meetings = rows.Count == 0 ? [] : (await db.CourseRuns.AsNoTracking().SingleAsync(one => one.Id == run, ct)).EachMeeting;
        var plan = await db.EventPlans.AsNoTracking().SingleOrDefaultAsync(one => one.RunId == run, ct);
        return new(
            [.. rows.GroupBy(row => (row.Id, row.Meeting, row.Begins, row.Ends)).Select(slot => new SlotLine(
                slot.Key.Id, slot.Key.Meeting, MeetingWords.DayOf(meetings, slot.Key.Meeting), slot.Key.Begins, slot.Key.Ends, [.. slot.Select(row => row.Session)]))],
            plan?.ChooseLastOn, plan?.Version ?? 0);
    }
}

using TrainingHub.Platform.Calendar;

namespace TrainingHub.Catalogue;

internal static class MeetingEvents
{
    /// <summary>An event for each meeting of the date. The first keeps the UID, so that a date that gets more meetings keeps its entry.</summary>
    /// <param name="whole">Everything but the times is taken from it.</param>
    /// <param name="date"></param>
    public static IEnumerable<CalendarEvent> Of(CalendarEvent whole, DateLine date) => date.EachMeeting.Select((meeting, index) => whole with
    {
        Uid = index == 0 ? whole.Uid : whole.Uid.Replace("@", $"-{index + 1}@", StringComparison.Ordinal),
        Summary = date.Meetings is null ? whole.Summary : $"{whole.Summary} ({index + 1} of {date.EachMeeting.Count})",
        StartsAt = meeting.StartsAt,
        EndsAt = meeting.EndsAt,
    });
}

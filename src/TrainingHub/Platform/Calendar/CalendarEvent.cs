namespace TrainingHub.Platform.Calendar;

/// <summary>One date in a calendar file.</summary>
/// <param name="Uid">The same for as long as the date or booking exists, whatever changes; by custom "id@host".</param>
/// <param name="Sequence">0 at first, higher after each change of time or place and at cancellation.</param>
/// <param name="Summary">The line in the calendar.</param>
/// <param name="StartsAt">Any offset; written as London time.</param>
/// <param name="EndsAt">After the start.</param>
/// <param name="Location">Venue and address, or null.</param>
/// <param name="Description">Plain text, may have several lines, or null.</param>
/// <param name="Url">The page of the date, or null.</param>
/// <param name="IsCancelled">Then calendars strike the date through or remove it.</param>
internal sealed record CalendarEvent(
    string Uid,
    int Sequence,
    string Summary,
    DateTimeOffset StartsAt,
    DateTimeOffset EndsAt,
    string? Location = null,
    string? Description = null,
    string? Url = null,
    bool IsCancelled = false);

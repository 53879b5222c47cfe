using System.Globalization;
using TrainingHub.Platform;
using TrainingHub.Platform.Files;

namespace TrainingHub.Catalogue;

/// <summary>The names behind ids, for the preview's old and new values.</summary>
internal sealed record ImportedNames(
    Func<Guid, string> Course, IReadOnlyDictionary<Guid, string> Venues, IReadOnlyDictionary<Guid, string> Areas, IReadOnlyDictionary<Guid, string> Providers);

/// <summary>A date as a programme file makes it. What the file does not say stays as it is known; "-" clears it.</summary>
internal sealed record ImportedRun(
    Guid Id, string Reference, Guid CourseId, DateOnly RunsOn, TimeOnly Start, TimeOnly End, int Capacity, DeliveryMode Delivery,
    Guid? VenueId, Guid? AreaId, Guid? ProviderId, int? FeePence, string? JoiningLink, Meetings? Meetings, RunLimits Limits)
{
    public RunFacts Facts => new(RunsOn, Start, End, Capacity, Delivery, VenueId, AreaId, ProviderId, FeePence, JoiningLink) { Meetings = Meetings, Limits = Limits };

    /// <param name="known">The date of this reference, or null when it is new.</param>
    /// <param name="venueId">Of the venue that the row names, or null.</param>
    /// <param name="providerId">Of the provider that the row names, or null.</param>
    /// <param name="newDate">The limits of a new one.</param>
    public static ImportedRun Of(ProgrammeRow row, CourseRun? known, Guid courseId, Guid? venueId, Guid? providerId, RunLimits newDate) => new(
        known?.Id ?? Guid.CreateVersion7(), row.Reference, courseId, row.Date, row.Start, row.End, row.Capacity,
        row.Delivery ?? known?.Delivery ?? DeliveryMode.InPerson,
        row.Row.Clears(ProgrammeRow.VenueColumn) ? null : venueId ?? known?.VenueId,
        row.Row.Clears(ProgrammeRow.AreaColumn) ? null : row.AreaId ?? known?.AreaId,
        row.Row.Clears(ProgrammeRow.ProviderColumn) ? null : providerId ?? known?.ProviderId,
        row.Row.Clears(ProgrammeRow.FeeColumn) ? null : row.Fee?.Pence ?? known?.FeePence,
        known?.JoiningLink, known?.Meetings,
        known is null ? newDate : RunLimits.Of(known));

    public bool IsMovedFrom(CourseRun known) => Facts.IsMovedFrom(RunFacts.Of(known));

    /// <summary>Each cell that changes, in the order of the columns; none when the date stays as it is.</summary>
    public List<CellChange> ChangesOf(CourseRun known, ImportedNames names)
    {
        var changes = new List<CellChange>();
        Note("course", known.CourseId, CourseId, names.Course);
        Note("date", known.RunsOn, RunsOn, London.Words);
        Note("start", TimeOf(known.StartsAt), Start, Clock);
        Note("end", TimeOf(known.EachMeeting[0].EndsAt), End, Clock);
        Note("capacity", known.Capacity, Capacity, number => number.ToString(CultureInfo.InvariantCulture));
        Note("delivery", known.Delivery, Delivery, ProgrammeRow.Words);
        Note(ProgrammeRow.VenueColumn, known.VenueId, VenueId, id => NameOf(id, names.Venues));
        Note(ProgrammeRow.AreaColumn, known.AreaId, AreaId, id => NameOf(id, names.Areas));
        Note(ProgrammeRow.ProviderColumn, known.ProviderId, ProviderId, id => NameOf(id, names.Providers));
        Note(ProgrammeRow.FeeColumn, known.FeePence, FeePence, pence => pence is { } fee ? new Money(fee).ToString() : "");
        return changes;

        void Note<T>(string column, T old, T changed, Func<T, string> words)
        {
            if (!EqualityComparer<T>.Default.Equals(old, changed))
            {
                changes.Add(new CellChange(Reference, column, words(old), words(changed)));
            }
        }
    }

    private static TimeOnly TimeOf(DateTimeOffset instant) => TimeOnly.FromDateTime(London.At(instant));

    private static string Clock(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);

    private static string NameOf(Guid? id, IReadOnlyDictionary<Guid, string> names) => id is { } known ? names[known] : "";
}

using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;

namespace TrainingHub.Attendance.Pages;

/// <summary>One person on a register. The name is null where none is held: history without names.</summary>
internal sealed record RegisterLine(
    Guid PlaceId, string? Name, string? Organisation, string Sector, string? AccessNeeds, Mark? Mark, bool IsConfirmed)
{
    /// <summary>Of a date of several meetings: those that have a mark, by their number.</summary>
    public IReadOnlyDictionary<short, Mark> Meetings { get; init; } = new Dictionary<short, Mark>();

    private static readonly StringComparer ByName = StringComparer.Create(CultureInfo.GetCultureInfo("en-GB"), ignoreCase: true);

    public string NameWords => Name ?? "Name not held";

    public string Detail => Organisation ?? Sector;

    /// <summary>Everybody with a confirmed or held place on a date, by name.</summary>
    public static async Task<List<RegisterLine>> ListAsync(TrainingHubDb db, Guid run, CancellationToken ct)
    {
        var lines = await (
            from place in db.LivePlaces
            join booking in db.Bookings on place.BookingId equals booking.Id
            join sector in db.Sectors on booking.SectorId equals sector.Id
            where place.RunId == run
            select new RegisterLine(
                place.Id,
                place.DelegateName,
                booking.OrganisationName,
                sector.Name,
                place.AccessNeeds,
                db.AttendanceMarks.Where(mark => mark.PlaceId == place.Id).Select(mark => (Mark?)mark.Mark).FirstOrDefault(),
                place.State == PlaceState.Confirmed)).ToListAsync(ct);
        var marks = (await db.MeetingMarks.AsNoTracking().Where(mark => db.Places.Any(place => place.Id == mark.PlaceId && place.RunId == run)).ToListAsync(ct))
            .ToLookup(mark => mark.PlaceId);
        lines = [.. lines.Select(line => line with { Meetings = marks[line.PlaceId].ToDictionary(mark => mark.Meeting, mark => mark.Mark) })];
        return [.. lines.OrderBy(line => line.Name is null).ThenBy(line => line.NameWords, ByName).ThenBy(line => line.Detail, ByName)];
    }
}

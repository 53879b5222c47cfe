using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;

namespace TrainingHub.Attendance;

/// <summary>A mark as the register shows it, with what is noted beside it.</summary>
internal sealed record LineMark(Mark Mark, DateTimeOffset At, Guid? ById, int? Minutes, int? Late, int? LeftEarly, ReportKind? ReadFrom)
{
    /// <summary>"75 minutes by a Teams report, left 105 minutes early"; null when nothing is noted.</summary>
    public string? Details => Mark == Mark.Absent ? null : (ReadFrom, MarkDetails.Words(Late, LeftEarly)) switch
    {
        (null, var times) => times,
        ({ } from, null) => ByReport(from),
        ({ } from, { } times) => $"{ByReport(from)}, {times}",
    };

    private string ByReport(ReportKind from) => $"{(Minutes is { } known ? MarkDetails.Minutes(known) : "There")} by {ReportWords.A(from)}";
}

/// <summary>One person on a register. The name is null where none is held: history without names.</summary>
internal sealed record RegisterLine(
    Guid PlaceId, string? Name, string? Organisation, string Sector, string? AccessNeeds, LineMark? Mark, bool IsConfirmed)
{
    public static readonly StringComparer ByName = StringComparer.Create(CultureInfo.GetCultureInfo("en-GB"), ignoreCase: true);

    /// <summary>Of a date of several meetings: those that have a mark, by their number.</summary>
    public IReadOnlyDictionary<short, LineMark> Meetings { get; init; } = new Dictionary<short, LineMark>();

    /// <summary>The mark on one register of the date.</summary>
    public LineMark? On(Sitting sitting) => sitting.Meeting is { } meeting ? Meetings.GetValueOrDefault(meeting) : Mark;

    /// <summary>Booked without a name, and nobody is named yet.</summary>
    public bool AwaitsName { get; init; }

    public string NameWords => Name ?? (AwaitsName ? "Not named yet" : "Name not held");

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
                db.AttendanceMarks.Where(mark => mark.PlaceId == place.Id)
                    .Select(mark => new LineMark(mark.Mark, mark.MarkedAt, mark.MarkedById, mark.Minutes, mark.Late, mark.LeftEarly, mark.ReadFrom)).FirstOrDefault(),
                place.State == PlaceState.Confirmed)
            { AwaitsName = place.AwaitsName }).ToListAsync(ct);
        var marks = (await db.MeetingMarks.AsNoTracking().Where(mark => db.Places.Any(place => place.Id == mark.PlaceId && place.RunId == run)).ToListAsync(ct))
            .ToLookup(mark => mark.PlaceId);
        lines = [.. lines.Select(line => line with { Meetings = marks[line.PlaceId].ToDictionary(
            mark => mark.Meeting, mark => new LineMark(mark.Mark, mark.MarkedAt, mark.MarkedById, mark.Minutes, mark.Late, mark.LeftEarly, mark.ReadFrom)) })];
        return [.. lines.OrderBy(line => line.Name is null).ThenBy(line => line.NameWords, ByName).ThenBy(line => line.Detail, ByName)];
    }
}

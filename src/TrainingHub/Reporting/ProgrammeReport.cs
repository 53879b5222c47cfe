using Npgsql;
using TrainingHub.Platform.Data;
using TrainingHub.Platform.Files;

namespace TrainingHub.Reporting;

/// <summary>One course in the programme report. Places and attendances are counted over its delivered dates.</summary>
internal sealed record CourseFigures(
    string Course, int Runs, int Places, int Attendances, int Absences, int FreePlaces,
    int SaturdayRuns, int SundayRuns, int TwilightRuns, int OpenRegisters, int ForgonePence);

/// <summary>
/// The programme in a period. Occupancy is pooled: attendances of all delivered dates ÷ places of all delivered dates; it is
/// null when there were no places, and when a sector narrows it, since places belong to no sector.
/// </summary>
internal sealed record ProgrammeFigures(IReadOnlyList<CourseFigures> Courses, int CancelledRuns, bool OccupancyApplies)
{
    public int Runs => Courses.Sum(course => course.Runs);
    public int Places => Courses.Sum(course => course.Places);
    public int Attendances => Courses.Sum(course => course.Attendances);
    public int Absences => Courses.Sum(course => course.Absences);
    public int FreePlaces => Courses.Sum(course => course.FreePlaces);

    /// <summary>What the free places of charities and CICs would have cost, in pence; of those under an award.</summary>
    public int ForgonePence => Courses.Sum(course => course.ForgonePence);
    public int SaturdayRuns => Courses.Sum(course => course.SaturdayRuns);
    public int SundayRuns => Courses.Sum(course => course.SundayRuns);
    public int TwilightRuns => Courses.Sum(course => course.TwilightRuns);
    public int OpenRegisters => Courses.Sum(course => course.OpenRegisters);

    /// <summary>Per cent, not rounded.</summary>
    public decimal? Occupancy => OccupancyApplies && Places > 0 ? 100m * Attendances / Places : null;
}

/// <summary>Delivered dates, attendances and occupancy, with the same period a year earlier beside it.</summary>
internal sealed record ProgrammeReport(ProgrammeFigures Now, ProgrammeFigures? Before)
{
    private static readonly string CoursesSql = SqlFile.Read("TrainingHub.Reporting.Sql.programme.sql");
    private static readonly string CancelledSql = SqlFile.Read("TrainingHub.Reporting.Sql.cancelled_runs.sql");

    /// <summary>Percentage points against a year earlier, from the unrounded figures; null when either is not known.</summary>
    public decimal? OccupancyChange => Now.Occupancy - Before?.Occupancy;

    public TextTable Table => new(["measure", "value"],
    [
        ["courses_delivered", ReportNumbers.Number(Now.Runs)],
        ["attendances", ReportNumbers.Number(Now.Attendances)],
        ["places", ReportNumbers.Number(Now.Places)],
        ["occupancy_percent", Now.Occupancy is { } occupancy ? ReportNumbers.OneDecimal(occupancy) : ""],
        ["occupancy_change_points", OccupancyChange is { } change ? ReportNumbers.OneDecimal(change) : ""],
        ["cancelled_runs", ReportNumbers.Number(Now.CancelledRuns)],
        ["did_not_attend", ReportNumbers.Number(Now.Absences)],
        ["free_places", ReportNumbers.Number(Now.FreePlaces)],
        ["free_places_value_pounds", (Now.ForgonePence / 100m).ToString("0.00", System.Globalization.CultureInfo.InvariantCulture)],
        ["saturday_runs", ReportNumbers.Number(Now.SaturdayRuns)],
        ["sunday_runs", ReportNumbers.Number(Now.SundayRuns)],
        ["twilight_runs", ReportNumbers.Number(Now.TwilightRuns)],
        ["open_registers", ReportNumbers.Number(Now.OpenRegisters)],
    ]);

    public static async Task<ProgrammeReport> ReadAsync(
        NpgsqlDataSource database, ReportFilter filter, DateTimeOffset now, CancellationToken ct)
    {
        var figures = await ReadFiguresAsync(database, filter, now, ct);
        var before = filter.YearBefore is { } earlier ? await ReadFiguresAsync(database, earlier, now, ct) : null;
        return new(figures, before);
    }

    private static async Task<ProgrammeFigures> ReadFiguresAsync(
        NpgsqlDataSource database, ReportFilter filter, DateTimeOffset now, CancellationToken ct)
    {
        await using var cancelled = database.CreateCommand(CancelledSql);
        filter.AddTo(cancelled.Parameters);
        var cancelledRuns = Convert.ToInt32(await cancelled.ExecuteScalarAsync(ct), System.Globalization.CultureInfo.InvariantCulture);

        await using var command = database.CreateCommand(CoursesSql);
        filter.AddTo(command.Parameters);
        command.Parameters.Add(new("now", now));
        await using var reader = await command.ExecuteReaderAsync(ct);
        var courses = new List<CourseFigures>();
        while (await reader.ReadAsync(ct))
        {
            courses.Add(new(reader.GetString(0), Int(1), Int(2), Int(3), Int(4), Int(5), Int(6), Int(7), Int(8), Int(9), Int(10)));
        }

        return new(courses, cancelledRuns, OccupancyApplies: filter.Sector is null);

        int Int(int column) => (int)reader.GetFieldValue<long>(column);
    }
}

using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;
using TrainingHub.Catalogue;
using TrainingHub.People;
using TrainingHub.Platform;

namespace TrainingHub.Reporting;

/// <summary>What somebody asked for, as written: in the address of a page or on the command line.</summary>
internal sealed record ReportQuery(string? Year, string? From, string? To, string? Area, string? Course, string? Sector, string? By = null);

/// <summary>Which rows a report counts. Dates are London dates, both included; null does not narrow.</summary>
internal sealed record ReportFilter(DateOnly? From, DateOnly? To, Area? Area, CourseName? Course, Sector? Sector, FinancialYear? Year)
{
    /// <summary>The same days a year earlier, for comparison; null when the period is open at either end.</summary>
    public ReportFilter? YearBefore => From is { } from && To is { } to
        ? this with { From = from.AddYears(-1), To = to.AddYears(-1), Year = Year?.Previous }
        : null;

    /// <summary>What a line of the income report stands for.</summary>
    public IncomeBy By { get; init; }

    /// <summary>The course or the sector that narrows it.</summary>
    public Guid? Cut => Course?.Id ?? Sector?.Id;

    /// <summary>The financial year, also where its first and last day were given; null for any other period.</summary>
    private FinancialYear? WholeYear => Year ?? (From is { } from && FinancialYear.Of(from) is var year && (From, To) == (year.From, year.To) ? year : (FinancialYear?)null);

    public bool Covers(DateOnly from, DateOnly to) => (From is null || from >= From) && (To is null || to <= To);

    public string PeriodWords => (Year, From, To) switch
    {
        ({ } year, _, _) => $"1 April {year.StartsIn} to 31 March {year.StartsIn + 1}",
        (_, { } from, { } to) => $"{London.Words(from)} to {London.Words(to)}",
        (_, { } from, null) => $"from {London.Words(from)}",
        (_, null, { } to) => $"up to {London.Words(to)}",
        _ => "all dates",
    };

    public void AddTo(NpgsqlParameterCollection parameters)
    {
        parameters.Add(new("from", NpgsqlDbType.Date) { Value = (object?)From ?? DBNull.Value });
        parameters.Add(new("to", NpgsqlDbType.Date) { Value = (object?)To ?? DBNull.Value });
        parameters.Add(new("area", NpgsqlDbType.Uuid) { Value = (object?)Area?.Id ?? DBNull.Value });
        AddCutTo(parameters);
    }

    public void AddCutTo(NpgsqlParameterCollection parameters)
    {
        parameters.Add(new("course", NpgsqlDbType.Uuid) { Value = (object?)Course?.Id ?? DBNull.Value });
        parameters.Add(new("sector", NpgsqlDbType.Uuid) { Value = (object?)Sector?.Id ?? DBNull.Value });
    }

    /// <summary>
    /// Reads the filter of a report. Names are matched whatever their case, a course by any title that it ever had. Every part that cannot be
    /// read adds an error (its name, what is wanted); the filter is then null.
    /// </summary>
    /// <param name="db">Where names are looked up.</param>
    /// <param name="report">One of <see cref="Reports.Names"/>.</param>
    /// <param name="query">As written.</param>
    /// <param name="ct">To stop.</param>
    /// <param name="onlyAreas">One of these must be asked for, and the others are not known; null for every area and for all.</param>
    public static async Task<(ReportFilter? Filter, List<ReportError> Errors)> ReadAsync(
        TrainingHubDb db, string report, ReportQuery query, CancellationToken ct, IReadOnlyList<Guid>? onlyAreas = null)
    {
        var errors = new List<ReportError>();
        var (from, to, year) = ReadPeriod(query, errors);
        var areas = onlyAreas is null ? db.Areas : db.Areas.Where(area => onlyAreas.Contains(area.Id));
        var area = await ReadNameAsync(areas, query.Area, "area", value => value.Name, errors, ct);
        if (onlyAreas is not null && area is null && errors.All(error => error.Name != "area"))
        {
            errors.Add(new("area", "Choose one of your areas"));
        }

        var sector = await ReadNameAsync(db.Sectors, query.Sector, "sector", value => value.Name, errors, ct);
        var course = await ReadCourseAsync(db, query.Course, errors, ct);
        var by = IncomeReport.ByNames.FirstOrDefault(one => one.Name == (string.IsNullOrWhiteSpace(query.By) ? IncomeReport.ByNames[0].Name : query.By.Trim()));
        if (by.Name is null)
        {
            errors.Add(new("by", $"Choose {string.Join(", ", IncomeReport.ByNames.Select(one => one.Name))}"));
        }

        var filter = new ReportFilter(from, to, area, course, sector, year) { By = by.By };
        if (errors.Count == 0 && Reports.OfAnswers.Contains(report))
        {
            errors.AddRange(filter.WhyNotForAnswers());
        }

        if (errors.Count == 0 && report == Reports.Providers)
        {
            filter = filter with { Year = filter.WholeYear };
            errors.AddRange(filter.WhyNotForProviders());
        }

        return (errors.Count > 0 ? null : filter, errors);
    }

    /// <summary>Narrower questions about answers would give single people away.</summary>
    private IEnumerable<ReportError> WhyNotForAnswers()
    {
        if (From is { Day: not 1 })
        {
            yield return new("from", "Reports on answers cover whole months: give the first day of a month");
        }

        if (To is { } to && to.AddDays(1).Day != 1)
        {
            yield return new("to", "Reports on answers cover whole months: give the last day of a month");
        }

        if (Course is not null && Sector is not null)
        {
            yield return new("sector", "Choose a course or a sector. Together they leave too few answers to keep people apart");
        }
        else if (Cut is not null && (From is { Month: not 4 } || To is { Month: not 3 }))
        {
            yield return new(From is { Month: not 4 } ? "from" : "to", "For one course or one sector choose whole financial years, from 1 April to 31 March");
        }
    }

    /// <summary>What people answered about a provider is told for whole years of its dates and nothing narrower.</summary>
    private IEnumerable<ReportError> WhyNotForProviders()
    {
        if (Year is null)
        {
            yield return new("year", "Choose one financial year");
        }

        if (Area is not null || Cut is not null)
        {
            yield return new(Area is not null ? "area" : Course is not null ? "course" : "sector", "This report is of all areas, courses and sectors");
        }
    }

    private static (DateOnly? From, DateOnly? To, FinancialYear? Year) ReadPeriod(ReportQuery query, List<ReportError> errors)
    {
        if (!string.IsNullOrWhiteSpace(query.Year))
        {
            if (!string.IsNullOrWhiteSpace(query.From) || !string.IsNullOrWhiteSpace(query.To))
            {
                errors.Add(new("year", "Give either a year or dates, not both"));
            }

            if (FinancialYear.Parse(query.Year) is { } year)
            {
                return (year.From, year.To, year);
            }

            errors.Add(new("year", $"“{query.Year}” is not a year: write it like 2024/25"));
            return default;
        }

        var from = ReadDate(query.From, "from", errors);
        var to = ReadDate(query.To, "to", errors);
        if (from > to)
        {
            errors.Add(new("to", "The last day must not be before the first day"));
        }

        return (from, to, null);
    }

    private static DateOnly? ReadDate(string? text, string name, List<ReportError> errors)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        if (CivilDate.Parse(text) is { } date)
        {
            return date;
        }

        errors.Add(new(name, $"“{text}” is not a date: write it like 2025-03-27 or 27/03/2025"));
        return null;
    }

    private static async Task<T?> ReadNameAsync<T>(
        IQueryable<T> known, string? text, string name, Func<T, string> nameOf, List<ReportError> errors, CancellationToken ct)
        where T : class
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var all = await known.AsNoTracking().ToListAsync(ct);
        var found = all.Find(value => nameOf(value).Equals(text.Trim(), StringComparison.OrdinalIgnoreCase));
        if (found is null)
        {
            errors.Add(new(name, $"There is no {name} “{text}”. Known: {string.Join(", ", all.Select(nameOf))}"));
        }

        return found;
    }

    private static async Task<CourseName?> ReadCourseAsync(
        TrainingHubDb db, string? text, List<ReportError> errors, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var key = CourseTitle.KeyOf(text);
        var written = text.Trim();
        var course = await db.Courses
            .Where(value => value.Slug == written || db.CourseTitles.Any(title => title.CourseId == value.Id && title.TitleKey == key))
            .Select(value => new CourseName(value.Id, value.Title))
            .FirstOrDefaultAsync(ct);
        if (course is null)
        {
            errors.Add(new("course", $"There is no course “{text}”"));
        }

        return course;
    }
}

internal sealed record CourseName(Guid Id, string Title);

/// <summary>A part of a report query that cannot be read.</summary>
internal sealed record ReportError(string Name, string Message);

using Microsoft.EntityFrameworkCore;
using TrainingHub.Catalogue;
using TrainingHub.People;
using TrainingHub.Platform.Files;
using TrainingHub.Platform.Email;

namespace TrainingHub.Surveys;

/// <summary>
/// Matches the rows of a file of answers to courses, dates and lists, and says of each cell what is wrong with it. A course under
/// any of its titles is the same course; an unknown one becomes a new course.
/// </summary>
internal sealed class ResponseReader
{
    private const string None = "None";
    private readonly Dictionary<string, (Guid Id, Guid CourseId)> runs = [];
    private readonly Dictionary<(Guid RunId, string Email), int> delegates = [];
    private readonly DateOnly today;
    private readonly CsvNames<Guid> areas;
    private readonly CsvNames<Guid> sectors;
    private readonly CsvNames<Guid> confidence;
    private readonly CsvNames<Guid> knowledge;
    private readonly CsvNames<Guid> toolkits;

    private ResponseReader(SurveyLists lists, List<Sector> sectors, CourseFinder courses, DateOnly today)
    {
        Courses = courses;
        this.today = today;
        areas = new(lists.Areas.Select(area => KeyValuePair.Create(area.Name, area.Id)));
        this.sectors = new(sectors.Select(sector => KeyValuePair.Create(sector.Name, sector.Id)));
        confidence = Scale(lists, Question.Confidence);
        knowledge = Scale(lists, Question.Knowledge);
        toolkits = new(lists.Toolkits.Select(toolkit => KeyValuePair.Create(toolkit.Name, toolkit.Id)));
    }

    public CourseFinder Courses { get; }

    public static async Task<ResponseReader> PrepareAsync(TrainingHubDb db, DateOnly today, CancellationToken ct)
    {
        var sectors = await db.Sectors.AsNoTracking().OrderBy(sector => sector.SortOrder).ToListAsync(ct);
        var reader = new ResponseReader(
            await SurveyLists.ReadAsync(db, ct), sectors, await CourseFinder.ReadAsync(db, ct), today);
        foreach (var run in await db.CourseRuns.Select(run => new { run.Id, run.Reference, run.CourseId }).ToListAsync(ct))
        {
            reader.runs[run.Reference.ToUpperInvariant()] = (run.Id, run.CourseId);
        }

        return reader;
    }

    /// <summary>The rows, as far as they can be read; what cannot be is among the table's errors.</summary>
    public List<ResponseRow> Read(CsvTable table)
    {
        var rows = new List<ResponseRow>(table.Rows.Count);
        foreach (var row in table.Rows)
        {
            if (Read(row) is { } response)
            {
                rows.Add(response);
            }
        }

        return rows;
    }

    private ResponseRow? Read(CsvRow row)
    {
        Guid? course = row.Text(ResponseRow.Course) is { } title ? Courses.FindOrAdd(title) : null;
        var run = RunOf(row, course);
        var (area, sector) = (row.OneOf(ResponseRow.Area, areas), row.OneOf(ResponseRow.Sector, sectors));
        var on = SubmittedOn(row);
        var (confident, knows) = (row.OneOf(Question.Confidence, confidence), row.OneOf(Question.Knowledge, knowledge));
        var (changed, impacted) = (row.YesNo(Question.ChangedPractice), row.YesNo(Question.ImpactedFamilies));
        var recommend = row.YesNo(Question.Recommend);
        var (uses, used) = Toolkits(row);
        var email = Email(row);
        if (course is not { } courseId || area is not { } areaId || sector is not { } sectorId || on is not { } submittedOn
            || confident is not { } confidenceId || knows is not { } knowledgeId
            || changed is not { } hasChanged || impacted is not { } hasImpacted || recommend is not { } recommends)
        {
            return null;
        }

        var answers = new SurveyAnswers(
            confidenceId, knowledgeId, hasChanged, Text(row, ResponseRow.ChangedPracticeExample), hasImpacted,
            Text(row, ResponseRow.ImpactedFamiliesExample), uses, used, recommends);
        return new ResponseRow(courseId, run, areaId, sectorId, submittedOn, answers, DelegateKey(row, run, email));
    }

    private Guid? RunOf(CsvRow row, Guid? course)
    {
        if (row.Text(ResponseRow.RunReference) is not { } reference)
        {
            return null;
        }

        if (!runs.TryGetValue(reference.ToUpperInvariant(), out var run))
        {
            row.Fail(ResponseRow.RunReference, $"There is no date with the reference “{CsvTable.Shown(reference)}”. Import the programme first, or leave this empty.");
            return null;
        }

        if (course is { } given && run.CourseId != given)
        {
            row.Fail(ResponseRow.RunReference, $"This date belongs to the course “{Courses.TitleOf(run.CourseId)}”.");
        }

        return run.Id;
    }

    private DateOnly? SubmittedOn(CsvRow row)
    {
        var on = row.Date(ResponseRow.SubmittedOnColumn);
        if (on > today)
        {
            row.Fail(ResponseRow.SubmittedOnColumn, "This date is in the future.");
        }

        return on;
    }

    private (bool? Uses, List<Guid> Used) Toolkits(CsvRow row)
    {
        if (row.Text(Question.Toolkits) is not { } cell)
        {
            return (null, []);
        }

        var names = cell.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var isNone = names.Contains(None, StringComparer.OrdinalIgnoreCase);
        if (isNone && names.Length > 1)
        {
            row.Fail(Question.Toolkits, "Write toolkits or None, not both.");
        }

        var used = new List<Guid>();
        foreach (var name in isNone ? [] : names)
        {
            if (toolkits.Find(name) is not { } toolkit)
            {
                row.Fail(Question.Toolkits, $"“{CsvTable.Shown(name)}” is not known. Write None, or separate by ; any of: {toolkits.Names}.");
            }
            else if (!used.Contains(toolkit))
            {
                used.Add(toolkit);
            }
        }

        return (isNone ? false : used.Count > 0 ? true : null, used);
    }

    private static string? Email(CsvRow row)
    {
        if (row.Text(ResponseRow.DelegateEmail) is not { } email)
        {
            return null;
        }

        if (!EmailAddress.IsValid(email))
        {
            row.Fail(ResponseRow.DelegateEmail, "This is not an email address.");
            return null;
        }

        return Person.KeyOf(email);
    }

    private byte[]? DelegateKey(CsvRow row, Guid? run, string? email)
    {
        if (run is not { } runId || email is null)
        {
            return null;
        }

        if (!delegates.TryAdd((runId, email), row.Number))
        {
            row.Fail(ResponseRow.DelegateEmail, $"Row {delegates[(runId, email)]} has an answer of this delegate about this date already.");
        }

        return ImportedAnswer.KeyOf(runId, email);
    }

    private static string? Text(CsvRow row, string column) => row.Text(column)?.ReplaceLineEndings("\n");

    private static CsvNames<Guid> Scale(SurveyLists lists, string question) =>
        new(lists.Scale(question).Select(option => KeyValuePair.Create(option.Label, option.Id)));
}

using Microsoft.EntityFrameworkCore;
using TrainingHub.Catalogue;
using TrainingHub.People;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Files;

namespace TrainingHub.Surveys;

/// <summary>
/// Matches the rows of a file of answers to courses, dates and lists, and says of each cell what is wrong with it. A course under
/// any of its titles is the same course; an unknown one becomes a new course.
/// </summary>
internal sealed class ResponseReader
{
    public const string None = "None";
    private readonly Dictionary<string, (Guid Id, Guid CourseId)> runs = [];
    private readonly Dictionary<(Guid RunId, string Whose, string? Name), int> delegates = [];
    private readonly KnownDelegates known;
    private readonly DateOnly today;
    private readonly KnownNames<Guid> sectors;
    private readonly KnownNames<Guid> confidence;
    private readonly KnownNames<Guid> knowledge;

    private ResponseReader(SurveyLists lists, AreasOfFile areas, ToolkitsOfFile toolkits, KnownNames<Guid> sectors, CourseFinder courses, KnownDelegates known, DateOnly today)
    {
        (Lists, KnownAreas, KnownToolkits, Courses) = (lists, areas, toolkits, courses);
        (this.sectors, this.known, this.today) = (sectors, known, today);
        confidence = Scale(lists, Question.Confidence);
        knowledge = Scale(lists, Question.Knowledge);
    }

    public SurveyLists Lists { get; }

    public AreasOfFile KnownAreas { get; }

    public ToolkitsOfFile KnownToolkits { get; }

    public CourseFinder Courses { get; }

    public static async Task<ResponseReader> PrepareAsync(TrainingHubDb db, FileTable table, DateOnly today, CancellationToken ct)
    {
        var (lists, areas) = (await SurveyLists.ReadAsync(db, ct), await AreasOfFile.ReadAsync(db, ct));
        var reader = new ResponseReader(
            lists, areas, ToolkitsOfFile.Of(lists.Toolkits, areas.Names), await ReferenceNames.SectorsAsync(db, ct),
            await CourseFinder.ReadAsync(db, ct), await KnownDelegates.ReadAsync(db, table, ct), today);
        foreach (var run in await db.CourseRuns.Select(run => new { run.Id, run.Reference, run.CourseId }).ToListAsync(ct))
        {
            reader.runs[run.Reference.ToUpperInvariant()] = (run.Id, run.CourseId);
        }

        return reader;
    }

    /// <summary>The rows, as far as they can be read; what cannot be is among the table's errors.</summary>
    public List<ResponseRow> Read(FileTable table, ImportProgress progress)
    {
        var rows = new List<ResponseRow>(table.Rows.Count);
        foreach (var row in table.Rows)
        {
            progress.Checked++;
            if (Read(row) is { } response)
            {
                rows.Add(response);
            }
        }

        return rows;
    }

    private ResponseRow? Read(FileRow row)
    {
        Guid? course = row.Text(ResponseRow.Course) is { } title ? Courses.FindOrAdd(title) : null;
        var run = RunOf(row, course);
        var (area, sector) = (row.OneOf(ResponseRow.Area, KnownAreas.Names), row.OneOf(ResponseRow.Sector, sectors));
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
        var keys = DelegateKeys(row, run, email);
        return new ResponseRow(courseId, run, areaId, sectorId, submittedOn, answers, keys.Count > 0 ? keys[0] : null) { Row = row, FormerKeys = [.. keys.Skip(1)] };
    }

    private Guid? RunOf(FileRow row, Guid? course)
    {
        if (row.Text(ResponseRow.RunReference) is not { } reference)
        {
            return null;
        }

        if (!runs.TryGetValue(reference.ToUpperInvariant(), out var run))
        {
            row.Fail(ResponseRow.RunReference, $"There is no date with the reference “{FileTable.Shown(reference)}”. Import the programme first, or leave this empty.");
            return null;
        }

        if (course is { } given && run.CourseId != given)
        {
            row.Fail(ResponseRow.RunReference, $"This date belongs to the course “{Courses.TitleOf(run.CourseId)}”.");
        }

        return run.Id;
    }

    private DateOnly? SubmittedOn(FileRow row)
    {
        var on = row.Date(ResponseRow.SubmittedOnColumn);
        if (on > today)
        {
            row.Fail(ResponseRow.SubmittedOnColumn, "This date is in the future.");
        }

        return on;
    }

    private (bool? Uses, List<Guid> Used) Toolkits(FileRow row)
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
            if (row.OneOf(Question.Toolkits, name, KnownToolkits.Names, "Write None, or separate by ; any of:") is { } toolkit && !used.Contains(toolkit))
            {
                used.Add(toolkit);
            }
        }

        return (isNone ? false : used.Count > 0 ? true : null, used);
    }

    private static string? Email(FileRow row)
    {
        if (row.Text(ResponseRow.DelegateEmail) is not { } typed)
        {
            return null;
        }

        var email = EmailAddress.Clean(typed);
        if (!EmailAddress.IsValid(email))
        {
            row.Fail(ResponseRow.DelegateEmail, "This is not an email address.");
            return null;
        }

        return EmailAddress.KeyOf(email);
    }

    /// <summary>The key under which the answer is stored, then those under which the same person's may be; none where the row names nobody.</summary>
    private IReadOnlyList<byte[]> DelegateKeys(FileRow row, Guid? run, string? email)
    {
        if (run is not { } runId || email is null)
        {
            return [];
        }

        var one = known.Of(row, runId, email);
        var whose = (runId, one.PersonId is { } person ? $"{person}" : email, one.PersonId is null ? one.NameKey : null);
        if (!delegates.TryAdd(whose, row.Number))
        {
            row.Fail(ResponseRow.DelegateEmail, $"Row {delegates[whose]} has an answer of this delegate about this date already.");
        }

        return [ImportedAnswer.KeyOf(runId, email, one.NameKey), .. one.OtherKeys.Select(other => ImportedAnswer.KeyOf(runId, other.Email, other.Name))];
    }
    private static string? Text(FileRow row, string column) => row.Text(column)?.ReplaceLineEndings("\n");

    private static KnownNames<Guid> Scale(SurveyLists lists, string question) =>
        new(lists.Scale(question).Select(option => KeyValuePair.Create(option.Label, option.Id)));
}

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
    private readonly Dictionary<string, (Guid Id, Guid CourseId)> runs = [];
    private readonly Dictionary<(Guid RunId, string Whose, string? Name), int> delegates = [];
    private readonly KnownDelegates known;
    private readonly DateOnly today;
    private readonly KnownNames<Guid> sectors;
    private readonly AnswersOfFile answers;

    private ResponseReader(AskedVersions versions, Questionnaire asked, AreasOfFile areas, ToolkitsOfFile toolkits, KnownNames<Guid> sectors, CourseFinder courses, KnownDelegates known, DateOnly today)
    {
        (Versions, Asked, KnownAreas, KnownToolkits, Courses) = (versions, asked, areas, toolkits, courses);
        (this.sectors, this.known, this.today) = (sectors, known, today);
        answers = new(asked, versions, toolkits);
    }

    public AskedVersions Versions { get; }

    /// <summary>The version that the file's columns are of.</summary>
    public Questionnaire Asked { get; }

    public AreasOfFile KnownAreas { get; }

    public ToolkitsOfFile KnownToolkits { get; }

    public CourseFinder Courses { get; }

    public static async Task<ResponseReader> PrepareAsync(TrainingHubDb db, FileTable table, DateOnly today, CancellationToken ct)
    {
        var (versions, areas) = (await AskedVersions.ReadAsync(db, ct), await AreasOfFile.ReadAsync(db, ct));
        var toolkits = await db.Toolkits.AsNoTracking().OrderBy(toolkit => toolkit.SortOrder).ToListAsync(ct);
        var reader = new ResponseReader(
            versions, AnswersOfFile.VersionOf(table, versions), areas, ToolkitsOfFile.Of(toolkits, areas.Names), await ReferenceNames.SectorsAsync(db, ct),
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
        var given = answers.Read(row);
        var email = Email(row);
        if (course is not { } courseId || area is not { } areaId || sector is not { } sectorId || on is not { } submittedOn || given is null)
        {
            return null;
        }

        var keys = DelegateKeys(row, run, email);
        return new ResponseRow(courseId, run, areaId, sectorId, submittedOn, given, keys.Count > 0 ? keys[0] : null) { Row = row, FormerKeys = [.. keys.Skip(1)] };
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
}

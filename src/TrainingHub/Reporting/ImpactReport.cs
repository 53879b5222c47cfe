using Microsoft.EntityFrameworkCore;
using Npgsql;
using TrainingHub.Platform.Data;
using TrainingHub.Surveys;

namespace TrainingHub.Reporting;

/// <summary>An answer, how many gave it and of how many. A toolkit's base is those who were offered it.</summary>
internal sealed record AnswerCount(string Label, int Count, int Base);

/// <summary>
/// One question's answers, every option listed, zeros too. <see cref="Base"/> is how many people answered it; toolkits are
/// counted in people, not ticks, so that they may add up to more than 100 %.
/// </summary>
internal sealed record QuestionFigures(string Key, string Wording, int Base, IReadOnlyList<AnswerCount> Answers)
{
    /// <summary>Whether some answers could not be given by everybody.</summary>
    public bool HasOwnBases => Answers.Any(answer => answer.Base != Base);
}

/// <summary>What attended delegates said three months later.</summary>
/// <param name="Rate">Null when no invitation of the period is known: imported answers bring none.</param>
/// <param name="IsSuppressed">True when the cut is so narrow that its answers would point at people; no table is given then.</param>
internal sealed record ImpactReport(int Responses, string AreaName, IReadOnlyList<QuestionFigures> Questions, ResponseRate? Rate, bool IsSuppressed)
{
    /// <summary>Fewest answers in a cross-table shown to staff (ONS practice, see README).</summary>
    public const int StaffThreshold = 5;

    private static readonly string Sql = SqlFile.Read("TrainingHub.Reporting.Sql.impact.sql");

    public ReportTable Table => new(["question", "answer", "count", "base", "percent"],
    [
        ["responses", AreaName, ReportTable.Number(Responses), ReportTable.Number(Responses), ReportTable.Percent(Responses, Responses)],
        .. Questions.SelectMany(question => question.Answers.Select(answer => new[]
        {
            question.Key, answer.Label, ReportTable.Number(answer.Count), ReportTable.Number(answer.Base),
            ReportTable.Percent(answer.Count, answer.Base),
        })),
    ]);

    public static async Task<ImpactReport> ReadAsync(TrainingHubDb db, NpgsqlDataSource database, ReportFilter filter, CancellationToken ct)
    {
        var counts = await ReadCountsAsync(database, filter, ct);
        var responses = counts.Where(count => count.Question == "responses").Sum(count => count.Count);
        var rate = await ReadRateAsync(db, filter, ct);
        var area = filter.Area?.LongName ?? "All areas";
        var suppressed = filter.Cuts > 1 && responses is > 0 and < StaffThreshold;
        var questions = suppressed ? [] : await ReadQuestionsAsync(db, filter, counts, responses, ct);
        return new(responses, area, questions, rate, suppressed);
    }

    private static async Task<List<QuestionFigures>> ReadQuestionsAsync(
        TrainingHubDb db, ReportFilter filter, List<RawCount> counts, int responses, CancellationToken ct)
    {
        var courseIds = counts.Where(count => count.Question == "course").Select(count => count.AnswerId!.Value).ToList();
        var courses = await db.Courses.AsNoTracking().Where(course => courseIds.Contains(course.Id))
            .Select(course => new { course.Id, Name = course.SurveyTitle ?? course.Title }).OrderBy(course => course.Name).ToListAsync(ct);
        var sectors = await db.Sectors.AsNoTracking().OrderBy(sector => sector.SortOrder).ToListAsync(ct);
        var lists = await SurveyLists.ReadAsync(db, ct);
        var toolkits = lists.Toolkits.Where(BelongsHere).ToList();

        return
        [
            new("course", "Course attended around three months ago", responses, [.. courses.Select(course => Of("course", course.Id, course.Name))]),
            new("sector", "Agency", responses, [.. sectors.Select(sector => Of("sector", sector.Id, sector.Name))]),
            .. lists.Questions.Select(question => new QuestionFigures(question.Key, question.Wording, responses, [.. Answers(question)])),
        ];

        // Another area's toolkit is listed only when somebody here uses it.
        bool BelongsHere(Toolkit toolkit) => filter.Area is null || toolkit.AreaId is null || toolkit.AreaId == filter.Area.Id
            || counts.Exists(count => count.Question == "toolkits" && count.AnswerId == toolkit.Id);

        IEnumerable<AnswerCount> Answers(Question question) => question.Kind switch
        {
            QuestionKind.Scale => lists.Scale(question.Key).Select(option => Of(question.Key, option.Id, option.Label)),
            QuestionKind.YesNo => [YesNo(question.Key, true, "Yes"), YesNo(question.Key, false, "No")],
            QuestionKind.Toolkits => toolkits.Select(OfToolkit).Append(YesNo("uses_toolkits", false, "None")),
        };

        AnswerCount Of(string question, Guid id, string label) =>
            new(label, counts.Find(count => count.Question == question && count.AnswerId == id)?.Count ?? 0, responses);

        AnswerCount YesNo(string question, bool yes, string label) =>
            new(label, counts.Find(count => count.Question == question && count.AnswerYes == yes)?.Count ?? 0, responses);

        // Who uses a toolkit that was not offered to them, as a file may say, counts in its base all the same.
        AnswerCount OfToolkit(Toolkit toolkit)
        {
            var users = counts.FindAll(count => count.Question == "toolkits" && count.AnswerId == toolkit.Id);
            var offered = counts.Where(count => count.Question == "area").Sum(area => lists.ToolkitsFor(area.AnswerId!.Value).Contains(toolkit)
                ? area.Count
                : users.Where(user => user.AreaId == area.AnswerId).Sum(user => user.Count));
            return new(toolkit.Name, users.Sum(user => user.Count), offered);
        }
    }

    private static async Task<List<RawCount>> ReadCountsAsync(NpgsqlDataSource database, ReportFilter filter, CancellationToken ct)
    {
        await using var command = database.CreateCommand(Sql);
        filter.AddTo(command.Parameters);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var counts = new List<RawCount>();
        while (await reader.ReadAsync(ct))
        {
            counts.Add(new(
                reader.GetString(0),
                await reader.IsDBNullAsync(1, ct) ? null : reader.GetGuid(1),
                await reader.IsDBNullAsync(2, ct) ? null : reader.GetBoolean(2),
                await reader.IsDBNullAsync(3, ct) ? null : reader.GetGuid(3),
                reader.GetInt32(4)));
        }

        return counts;
    }

    private static async Task<ResponseRate?> ReadRateAsync(TrainingHubDb db, ReportFilter filter, CancellationToken ct)
    {
        var (area, course, sector) = (filter.Area?.Id, filter.Course?.Id, filter.Sector?.Id);
        return await (
            from sent in db.SentSurveys
            join place in db.Places on sent.PlaceId equals place.Id
            join booking in db.Bookings on place.BookingId equals booking.Id
            join run in db.CourseRuns on place.RunId equals run.Id
            where (filter.From == null || sent.DueOn >= filter.From) && (filter.To == null || sent.DueOn <= filter.To)
                && (area == null || booking.AreaId == area)
                && (course == null || run.CourseId == course)
                && (sector == null || booking.SectorId == sector)
            group sent by 1 into all
            select new ResponseRate(all.Count(), all.Count(sent => sent.IsUndelivered), all.Count(sent => sent.IsAnswered))).FirstOrDefaultAsync(ct);
    }

    /// <param name="AreaId">Where the users of a toolkit work; null for other questions.</param>
    private sealed record RawCount(string Question, Guid? AnswerId, bool? AnswerYes, Guid? AreaId, int Count);
}

using Microsoft.EntityFrameworkCore;
using Npgsql;
using TrainingHub.Platform.Data;
using TrainingHub.Surveys;

namespace TrainingHub.Reporting;

/// <summary>An answer and how many gave it.</summary>
internal sealed record AnswerCount(string Label, int Count);

/// <summary>
/// One question's answers, every option listed, zeros too. <see cref="Base"/> is how many people the percentages are of; for
/// toolkits people, not ticks, so that they add up to more than 100 %.
/// </summary>
internal sealed record QuestionFigures(string Key, string Wording, int Base, IReadOnlyList<AnswerCount> Answers);

/// <summary>Invitations sent here whose survey fell due in the period, and the answered ones.</summary>
internal sealed record ResponseRate(int Sent, int Answered);

/// <summary>What attended delegates said three months later.</summary>
/// <param name="Rate">Null when no invitation of the period is known: imported answers bring none.</param>
/// <param name="IsSuppressed">True when the cut is so narrow that its answers would point at people; no table is given then.</param>
internal sealed record ImpactReport(int Responses, string AreaName, IReadOnlyList<QuestionFigures> Questions, ResponseRate? Rate, bool IsSuppressed)
{
    /// <summary>Fewest answers in a cross-table shown to staff (ONS practice, see README).</summary>
    public const int StaffThreshold = 5;

    private static readonly string Sql = SqlFile.Read("TrainingHub.Reporting.Sql.impact.sql");
    private static readonly string RateSql = SqlFile.Read("TrainingHub.Reporting.Sql.response_rate.sql");

    public ReportTable Table => new(["question", "answer", "count", "base", "percent"],
    [
        ["responses", AreaName, ReportTable.Number(Responses), ReportTable.Number(Responses), ReportTable.Percent(Responses, Responses)],
        .. Questions.SelectMany(question => question.Answers.Select(answer => new[]
        {
            question.Key, answer.Label, ReportTable.Number(answer.Count), ReportTable.Number(question.Base),
            ReportTable.Percent(answer.Count, question.Base),
        })),
    ]);

    public static async Task<ImpactReport> ReadAsync(TrainingHubDb db, NpgsqlDataSource database, ReportFilter filter, CancellationToken ct)
    {
        var counts = await ReadCountsAsync(database, filter, ct);
        var responses = counts.Where(count => count.Question == "responses").Sum(count => count.Count);
        var rate = await ReadRateAsync(database, filter, ct);
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
        var options = await db.ScaleOptions.AsNoTracking().OrderBy(option => option.Position).ToListAsync(ct);
        var toolkits = (await db.Toolkits.AsNoTracking().OrderBy(toolkit => toolkit.SortOrder).ToListAsync(ct)).Where(BelongsHere).ToList();
        var questions = await db.Questions.AsNoTracking().OrderBy(question => question.Position).ToListAsync(ct);

        return
        [
            new("course", "Course attended around three months ago", responses, [.. courses.Select(course => Of("course", course.Id, course.Name))]),
            new("sector", "Agency", responses, [.. sectors.Select(sector => Of("sector", sector.Id, sector.Name))]),
            .. questions.Select(question => new QuestionFigures(question.Key, question.Wording, responses, [.. Answers(question)])),
        ];

        // Another area's toolkit is listed only when somebody here uses it.
        bool BelongsHere(Toolkit toolkit) => filter.Area is null || toolkit.AreaId is null || toolkit.AreaId == filter.Area.Id
            || counts.Exists(count => count.Question == "toolkits" && count.AnswerId == toolkit.Id);

        IEnumerable<AnswerCount> Answers(Question question) => question.Kind switch
        {
            QuestionKind.Scale => options.Where(option => option.QuestionKey == question.Key).Select(option => Of(question.Key, option.Id, option.Label)),
            QuestionKind.YesNo => [YesNo(question.Key, true, "Yes"), YesNo(question.Key, false, "No")],
            QuestionKind.Toolkits => toolkits.Select(toolkit => Of("toolkits", toolkit.Id, toolkit.Name)).Append(YesNo("uses_toolkits", false, "None")),
        };

        AnswerCount Of(string question, Guid id, string label) =>
            new(label, counts.Find(count => count.Question == question && count.AnswerId == id)?.Count ?? 0);

        AnswerCount YesNo(string question, bool yes, string label) =>
            new(label, counts.Find(count => count.Question == question && count.AnswerYes == yes)?.Count ?? 0);
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
                reader.GetInt32(3)));
        }

        return counts;
    }

    private static async Task<ResponseRate?> ReadRateAsync(NpgsqlDataSource database, ReportFilter filter, CancellationToken ct)
    {
        await using var command = database.CreateCommand(RateSql);
        filter.AddTo(command.Parameters);
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        var rate = new ResponseRate(reader.GetInt32(0), reader.GetInt32(1));
        return rate.Sent == 0 ? null : rate;
    }

    private sealed record RawCount(string Question, Guid? AnswerId, bool? AnswerYes, int Count);
}

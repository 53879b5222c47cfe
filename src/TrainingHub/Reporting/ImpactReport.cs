using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;
using TrainingHub.Platform.Data;
using TrainingHub.Platform.Files;
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
/// <param name="Rate">Null when too few invitations of the period are known, or for one course or sector: imported answers bring none.</param>
/// <param name="LeavesOut">Whether answers of the period are not counted, because too few belong together: see <see cref="Disclosure"/>.</param>
/// <param name="IsRounded">Whether every figure is rounded, as those of one course or sector are.</param>
internal sealed record ImpactReport(
    int Responses, string AreaName, IReadOnlyList<QuestionFigures> Questions, ResponseRate? Rate, bool LeavesOut, bool IsRounded)
{
    private static readonly string Sql = SqlFile.Read("TrainingHub.Reporting.Sql.impact.sql");
    private static readonly string CellsSql = SqlFile.Read("TrainingHub.Reporting.Sql.answer_cells.sql");

    public TextTable Table => new(["question", "answer", "count", "base", "percent"],
    [
        ["responses", AreaName, Responses == 0 && LeavesOut ? "" : ReportNumbers.Number(Responses), Responses == 0 && LeavesOut ? "" : ReportNumbers.Number(Responses), ReportNumbers.Percent(Responses, Responses)],
        .. Questions.SelectMany(question => question.Answers.Select(answer => new[]
        {
            question.Key, answer.Label, ReportNumbers.Number(answer.Count), ReportNumbers.Number(answer.Base),
            ReportNumbers.Percent(answer.Count, answer.Base),
        })),
    ]);

    public static async Task<ImpactReport> ReadAsync(TrainingHubDb db, NpgsqlDataSource database, ReportFilter filter, CancellationToken ct)
    {
        var cells = await ReadCellsAsync(database, filter, ct);
        var blocks = Disclosure.Blocks(cells, filter);
        var counts = await ReadCountsAsync(database, filter, blocks, ct);
        var responses = counts.Where(count => count.Question == "responses").Sum(count => count.Count);
        return new(
            responses,
            filter.Area?.LongName ?? "All areas",
            responses == 0 ? [] : await ReadQuestionsAsync(db, filter, counts, responses, ct),
            filter.Cut is null ? await ReadRateAsync(db, filter, ct) : null,
            Disclosure.LeavesOut(cells, filter, blocks),
            IsRounded: filter.Cut is not null);
    }

    private static async Task<List<QuestionFigures>> ReadQuestionsAsync(
        TrainingHubDb db, ReportFilter filter, List<RawCount> counts, int responses, CancellationToken ct)
    {
        var courseIds = counts.Where(count => count.Question == "course").Select(count => count.AnswerId).OfType<Guid>().ToList();
        var courses = await db.Courses.AsNoTracking().Where(course => courseIds.Contains(course.Id))
            .Select(course => new { course.Id, Name = course.SurveyTitle ?? course.Title }).OrderBy(course => course.Name).ToListAsync(ct);
        var sectors = await db.Sectors.AsNoTracking().OrderBy(sector => sector.SortOrder).ToListAsync(ct);
        var lists = await SurveyLists.ReadAsync(db, ct);
        var toolkits = lists.Toolkits.Where(BelongsHere).ToList();

        return
        [
            new("course", "Course attended around three months ago", responses, [.. courses.Select(course => Of("course", course.Id, course.Name)), .. NotKept("course")]),
            new("sector", "Agency", responses, [.. sectors.Select(sector => Of("sector", sector.Id, sector.Name)), .. NotKept("sector")]),
            .. lists.Questions.Select(question => new QuestionFigures(question.Key, question.Wording, responses, [.. Answers(question)])),
        ];

        // An archived toolkit and another area's are listed only when somebody here uses it.
        bool BelongsHere(Toolkit toolkit) => (toolkit.ArchivedAt is null && (filter.Area is null || toolkit.AreaId is null || toolkit.AreaId == filter.Area.Id))
            || counts.Exists(count => count.Question == "toolkits" && count.AnswerId == toolkit.Id);

        IEnumerable<AnswerCount> Answers(Question question) => question.Kind switch
        {
            QuestionKind.Scale => lists.Scale(question.Key).Select(option => Of(question.Key, option.Id, option.Label)),
            QuestionKind.YesNo => [YesNo(question.Key, true, "Yes"), YesNo(question.Key, false, "No")],
            QuestionKind.Toolkits => toolkits.Select(OfToolkit).Append(YesNo("uses_toolkits", false, "None")),
        };

        AnswerCount Of(string question, Guid id, string label) =>
            new(label, counts.Where(count => count.Question == question && count.AnswerId == id).Sum(count => count.Count), responses);

        AnswerCount YesNo(string question, bool yes, string label) =>
            new(label, counts.Where(count => count.Question == question && count.AnswerYes == yes).Sum(count => count.Count), responses);

        // Of one course or sector, the other is not known of every answer.
        IEnumerable<AnswerCount> NotKept(string question) =>
            filter.Cut is not null && counts.Exists(count => count.Question == question && count.AnswerId is null) ? [Missing(question)] : [];

        AnswerCount Missing(string question) =>
            new("Not kept", counts.Where(count => count.Question == question && count.AnswerId is null).Sum(count => count.Count), responses);

        // Who uses a toolkit that was not offered to them, as a file may say, counts in its base all the same.
        AnswerCount OfToolkit(Toolkit toolkit)
        {
            var users = counts.FindAll(count => count.Question == "toolkits" && count.AnswerId == toolkit.Id);
            var offered = counts.Where(count => count.Question == "area").Sum(area => area.AnswerId is { } id && lists.ToolkitsFor(id).Contains(toolkit)
                ? area.Count
                : users.Where(user => user.AreaId == area.AnswerId).Sum(user => user.Count));
            return new(toolkit.Name, users.Sum(user => user.Count), offered);
        }
    }

    private static async Task<List<AnswerCell>> ReadCellsAsync(NpgsqlDataSource database, ReportFilter filter, CancellationToken ct)
    {
        await using var command = database.CreateCommand(CellsSql);
        filter.AddCutTo(command.Parameters);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var cells = new List<AnswerCell>();
        while (await reader.ReadAsync(ct))
        {
            cells.Add(new(
                await reader.IsDBNullAsync(0, ct) ? null : reader.GetGuid(0),
                reader.GetFieldValue<DateOnly>(1),
                Enum.Parse<SubmittedWithin>(reader.GetString(2)),
                await reader.IsDBNullAsync(3, ct) ? null : reader.GetGuid(3),
                reader.GetInt32(4)));
        }

        return cells;
    }

    private static async Task<List<RawCount>> ReadCountsAsync(
        NpgsqlDataSource database, ReportFilter filter, List<List<AnswerCell>> blocks, CancellationToken ct)
    {
        // Apart only where each block is rounded for itself.
        var cells = blocks.SelectMany((block, number) => block.Select(cell => (Cell: cell, Block: filter.Cut is null ? 0 : number))).ToList();
        await using var command = database.CreateCommand(Sql);
        filter.AddCutTo(command.Parameters);
        command.Parameters.Add(new("no_area", NpgsqlDbType.Uuid) { Value = Guid.Empty });
        command.Parameters.Add(new("area_ids", NpgsqlDbType.Array | NpgsqlDbType.Uuid) { Value = cells.ConvertAll(cell => cell.Cell.AreaId) });
        command.Parameters.Add(new("months", NpgsqlDbType.Array | NpgsqlDbType.Date) { Value = cells.ConvertAll(cell => cell.Cell.Month) });
        command.Parameters.Add(new("withins", NpgsqlDbType.Array | NpgsqlDbType.Text) { Value = cells.ConvertAll(cell => cell.Cell.Within.ToString()) });
        command.Parameters.Add(new("blocks", NpgsqlDbType.Array | NpgsqlDbType.Integer) { Value = cells.ConvertAll(cell => cell.Block) });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var counts = new List<RawCount>();
        while (await reader.ReadAsync(ct))
        {
            var count = reader.GetInt32(5);
            counts.Add(new(
                reader.GetString(0),
                await reader.IsDBNullAsync(1, ct) ? null : reader.GetGuid(1),
                await reader.IsDBNullAsync(2, ct) ? null : reader.GetBoolean(2),
                await reader.IsDBNullAsync(3, ct) ? null : reader.GetGuid(3),
                filter.Cut is null ? count : AnswerGroups.Rounded(count)));
        }

        return counts;
    }

    private static async Task<ResponseRate?> ReadRateAsync(TrainingHubDb db, ReportFilter filter, CancellationToken ct)
    {
        var months = await (
            from sent in db.SentSurveys
            join place in db.Places on sent.PlaceId equals place.Id
            join booking in db.Bookings on place.BookingId equals booking.Id
            group sent by new { booking.AreaId, sent.DueOn.Year, sent.DueOn.Month } into month
            select new
            {
                Cell = new AnswerCell(month.Key.AreaId, new DateOnly(month.Key.Year, month.Key.Month, 1), SubmittedWithin.Day, null, month.Count()),
                Rate = new ResponseRate(month.Count(), month.Count(sent => sent.IsUndelivered), month.Count(sent => sent.IsAnswered)),
            }).ToListAsync(ct);
        var counted = Disclosure.Blocks(months.ConvertAll(month => month.Cell), filter).SelectMany(block => block).ToHashSet();
        var rates = months.Where(month => counted.Contains(month.Cell)).Select(month => month.Rate).ToList();
        return rates.Count == 0 ? null : rates.Aggregate((left, right) => left + right);
    }

    /// <param name="AreaId">Where the users of a toolkit work; null for other questions.</param>
    private sealed record RawCount(string Question, Guid? AnswerId, bool? AnswerYes, Guid? AreaId, int Count);
}

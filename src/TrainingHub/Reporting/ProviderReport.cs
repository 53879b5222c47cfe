using Npgsql;
using NpgsqlTypes;
using TrainingHub.Platform;
using TrainingHub.Platform.Data;
using TrainingHub.Platform.Files;
using TrainingHub.Surveys;

namespace TrainingHub.Reporting;

/// <summary>How many answered well to one standard question, added up over dates.</summary>
/// <param name="Moment">When they were asked.</param>
/// <param name="Question">Its key.</param>
/// <param name="Good"></param>
/// <param name="Base">How many were asked.</param>
/// <param name="Dates">Over how many dates.</param>
internal sealed record ProviderAnswer(SurveyMoment Moment, string Question, int Good, int Base, int Dates);

/// <summary>A provider in a financial year, that of its dates.</summary>
/// <param name="Id">Null of dates that name no provider.</param>
/// <param name="Name"></param>
/// <param name="Year"></param>
/// <param name="Dates">Delivered.</param>
/// <param name="Places">That these had.</param>
/// <param name="Came">For all or part.</param>
/// <param name="Unmarked">Places that have no mark in the register yet.</param>
/// <param name="Cancelled">Dates.</param>
internal sealed record ProviderFigures(Guid? Id, string Name, FinancialYear Year, int Dates, int Places, int Came, int Unmarked, int Cancelled)
{
    public IReadOnlyList<ProviderAnswer> Answers { get; init; } = [];

    /// <returns>Null when it is of fewer than <see cref="ProviderReport.FewestDates"/> dates, since rounding would say more than the answers.</returns>
    public ProviderAnswer? Of(SurveyMoment moment, string question) =>
        Answers.FirstOrDefault(answer => answer.Moment == moment && answer.Question == question && answer.Dates >= ProviderReport.FewestDates);

    /// <summary>Several as one.</summary>
    public static ProviderFigures Sum(string name, FinancialYear year, IReadOnlyList<ProviderFigures> of) => new(
        null, name, year, of.Sum(one => one.Dates), of.Sum(one => one.Places), of.Sum(one => one.Came), of.Sum(one => one.Unmarked), of.Sum(one => one.Cancelled))
    {
        Answers =
        [
            .. of.SelectMany(one => one.Answers).GroupBy(answer => (answer.Moment, answer.Question))
                .Select(group => new ProviderAnswer(group.Key.Moment, group.Key.Question, group.Sum(one => one.Good), group.Sum(one => one.Base), group.Sum(one => one.Dates))),
        ],
    };
}

/// <summary>
/// Providers side by side, by financial year: dates, who came, and what was answered at the end and three months later. Answers are sums of
/// what <see cref="DateEvaluation"/> keeps of each date, made once from five answers or more and rounded there, so that no difference
/// of two figures is about fewer than five people, whenever they are read (decision 140).
/// </summary>
internal sealed record ProviderReport(IReadOnlyList<ProviderFigures> All)
{
    /// <summary>Each has five answers or more.</summary>
    public const int FewestDates = 4;

    public const string Together = "All providers together";
    public const string Unnamed = "No provider named";

    private static readonly string DatesSql = SqlFile.Read("TrainingHub.Reporting.Sql.providers.sql");
    private static readonly string AnswersSql = SqlFile.Read("TrainingHub.Reporting.Sql.provider_answers.sql");

    /// <summary>One line a provider of the only year that was asked for, and all together.</summary>
    public TextTable Table => new(
        ["provider", "dates", "places", "came", "occupancy_percent", "cancelled_dates", .. StandardMeasures.All.SelectMany(one => (string[])[$"{ColumnOf(one)}_answers", $"{ColumnOf(one)}_percent"])],
        [.. All.Concat(All.Select(one => one.Year).Distinct().Select(TogetherIn)).Select(Line)]);

    /// <summary>Of that provider in that year; of nothing when it had no dates.</summary>
    public ProviderFigures Of(Guid provider, FinancialYear year) =>
        All.FirstOrDefault(one => one.Id == provider && one.Year == year) ?? new(provider, "", year, 0, 0, 0, 0, 0);

    public ProviderFigures TogetherIn(FinancialYear year) => ProviderFigures.Sum(Together, year, [.. All.Where(one => one.Id is not null && one.Year == year)]);

    public static async Task<ProviderReport> ReadAsync(NpgsqlDataSource database, IReadOnlyCollection<FinancialYear> years, DateTimeOffset now, CancellationToken ct)
    {
        var answers = await ReadAnswersAsync(database, years, now, ct);
        await using var command = Command(database, DatesSql, years, now);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<ProviderFigures>();
        while (await reader.ReadAsync(ct))
        {
            var (year, id) = (reader.GetInt32(0), await reader.IsDBNullAsync(1, ct) ? (Guid?)null : reader.GetGuid(1));
            rows.Add(new(id, id is null ? Unnamed : reader.GetString(2), new(year), Int(3), Int(4), Int(5), Int(6), Int(7)) { Answers = [.. answers[(year, id)]] });
        }

        return new(rows);

        int Int(int column) => (int)reader.GetInt64(column);
    }

    private static async Task<ILookup<(int Year, Guid? Provider), ProviderAnswer>> ReadAnswersAsync(
        NpgsqlDataSource database, IReadOnlyCollection<FinancialYear> years, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = Command(database, AnswersSql, years, now);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<(int Year, Guid? Provider, ProviderAnswer Answer)>();
        while (await reader.ReadAsync(ct))
        {
            rows.Add((
                reader.GetInt32(0), reader.GetGuid(1),
                new(Enum.Parse<SurveyMoment>(reader.GetString(2)), reader.GetString(3), (int)reader.GetInt64(4), (int)reader.GetInt64(5), (int)reader.GetInt64(6))));
        }

        return rows.ToLookup(row => (row.Year, row.Provider), row => row.Answer);
    }

    private static NpgsqlCommand Command(NpgsqlDataSource database, string sql, IReadOnlyCollection<FinancialYear> years, DateTimeOffset now)
    {
        var command = database.CreateCommand(sql);
        command.Parameters.Add(new("years", NpgsqlDbType.Array | NpgsqlDbType.Integer) { Value = years.Select(year => year.StartsIn).ToArray() });
        command.Parameters.Add(new("now", now));
        return command;
    }

    private static string ColumnOf((SurveyMoment Moment, string Question) one) => one.Moment == SurveyMoment.End ? $"end_{one.Question}" : $"three_months_{one.Question}";

    private static string[] Line(ProviderFigures one) =>
    [
        one.Name, ReportNumbers.Number(one.Dates), ReportNumbers.Number(one.Places), ReportNumbers.Number(one.Came), ReportNumbers.Percent(one.Came, one.Places), ReportNumbers.Number(one.Cancelled),
        .. StandardMeasures.All.SelectMany(measure => one.Of(measure.Moment, measure.Question) is { } answer
            ? (string[])[ReportNumbers.Number(answer.Base), ReportNumbers.Percent(answer.Good, answer.Base)]
            : ["", ""]),
    ];
}

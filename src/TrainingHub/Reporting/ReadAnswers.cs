using Npgsql;
using NpgsqlTypes;
using TrainingHub.Platform.Data;
using TrainingHub.Surveys;

namespace TrainingHub.Reporting;

/// <summary>Reads answers to one survey for a report, as the role that knows nothing about people.</summary>
internal static class ReadAnswers
{
    private static readonly string Sql = SqlFile.Read("TrainingHub.Reporting.Sql.impact.sql");
    private static readonly string CellsSql = SqlFile.Read("TrainingHub.Reporting.Sql.answer_cells.sql");

    /// <summary>How many answers to a survey there are, by what blocks are made of.</summary>
    public static async Task<List<AnswerCell>> CellsAsync(NpgsqlDataSource database, AskedVersions versions, ReportFilter filter, CancellationToken ct)
    {
        await using var answers = await AnswersConnection.OpenAsync(database, ct);
        await using var command = answers.CreateCommand(CellsSql);
        command.Parameters.Add(new("survey", NpgsqlDbType.Uuid) { Value = versions.SurveyId });
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
                reader.GetGuid(4),
                reader.GetInt32(5)));
        }

        return cells;
    }

    /// <summary>What they say, block by block.</summary>
    public static async Task<AnswerCounts> CountsAsync(
        NpgsqlDataSource database, AskedVersions versions, ReportFilter filter, List<List<AnswerCell>> blocks, CancellationToken ct)
    {
        // Apart only where each block is rounded for itself.
        var cells = blocks.SelectMany((block, number) => block.Select(cell => (Cell: cell, Block: filter.Cut is null ? 0 : number))).ToList();
        await using var answers = await AnswersConnection.OpenAsync(database, ct);
        await using var command = answers.CreateCommand(Sql);
        filter.AddCutTo(command.Parameters);
        command.Parameters.Add(new("survey", NpgsqlDbType.Uuid) { Value = versions.SurveyId });
        command.Parameters.Add(new("no_area", NpgsqlDbType.Uuid) { Value = Guid.Empty });
        command.Parameters.Add(new("area_ids", NpgsqlDbType.Array | NpgsqlDbType.Uuid) { Value = cells.ConvertAll(cell => cell.Cell.AreaId) });
        command.Parameters.Add(new("months", NpgsqlDbType.Array | NpgsqlDbType.Date) { Value = cells.ConvertAll(cell => cell.Cell.Month) });
        command.Parameters.Add(new("withins", NpgsqlDbType.Array | NpgsqlDbType.Text) { Value = cells.ConvertAll(cell => cell.Cell.Within.ToString()) });
        command.Parameters.Add(new("version_ids", NpgsqlDbType.Array | NpgsqlDbType.Uuid) { Value = cells.ConvertAll(cell => cell.Cell.VersionId) });
        command.Parameters.Add(new("blocks", NpgsqlDbType.Array | NpgsqlDbType.Integer) { Value = cells.ConvertAll(cell => cell.Block) });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var counts = new List<RawCount>();
        while (await reader.ReadAsync(ct))
        {
            counts.Add(new(
                reader.GetString(0), await IdAsync(1), await IdAsync(2) ?? Guid.Empty, await IdAsync(3), reader.GetInt32(4), reader.GetInt32(5)));
        }

        return new AnswerCounts(counts, IsRounded: filter.Cut is not null);

        async Task<Guid?> IdAsync(int column) => await reader.IsDBNullAsync(column, ct) ? null : reader.GetGuid(column);
    }
}

using Npgsql;
using TrainingHub.Platform;
using TrainingHub.Platform.Data;
using TrainingHub.Platform.Jobs;

namespace TrainingHub.Bookings;

/// <summary>
/// Keeps the times of the privacy notice: from which browser and network a booking came goes after two days, access needs and waiting lists go 30 days after the date, what a charity said of itself a
/// year after the decision, messages that staff sent to many after a year, names, addresses and notes six years after the financial year of the course. Places, prices and marks stay, so
/// that the figures do. One transaction: if it dies half-way nothing is forgotten, and the next run does it.
/// </summary>
internal sealed class ForgetPersonalData(NpgsqlDataSource database, TimeProvider clock) : IJob
{
    private const int DaysOfVisitor = 2;
    private const int DaysAfterDate = 30;
    private const int YearsAfterFinancialYear = 6;

    public static TimeSpan Every => TimeSpan.FromHours(6);

    public async Task<int> RunAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var batch = database.CreateBatch();
        var keptFrom = new FinancialYear(FinancialYear.Of(London.DateOf(now)).StartsIn - YearsAfterFinancialYear).From;
        foreach (var statement in SqlFile.Read("TrainingHub.Bookings.Sql.ForgetPersonalData.sql").Split(";\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var command = batch.CreateBatchCommand();
            command.CommandText = statement;
            command.Parameters.Add(new NpgsqlParameter("ended_before", now.AddDays(-DaysAfterDate)));
            command.Parameters.Add(new NpgsqlParameter("decided_before", now.AddYears(-1)));
            command.Parameters.Add(new NpgsqlParameter("seats_before", now.AddDays(-DaysOfVisitor)));
            command.Parameters.Add(new NpgsqlParameter("kept_from", keptFrom));
            batch.BatchCommands.Add(command);
        }

        return await batch.ExecuteNonQueryAsync(ct);
    }
}

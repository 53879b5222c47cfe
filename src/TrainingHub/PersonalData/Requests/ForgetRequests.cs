using Npgsql;
using TrainingHub.Platform;
using TrainingHub.Platform.Jobs;

namespace TrainingHub.PersonalData;

/// <summary>Removes what people asked about their data two years after the answer. One statement; a second run finds nothing.</summary>
internal sealed class ForgetRequests(NpgsqlDataSource database, TimeProvider clock) : IJob
{
    public static TimeSpan Every => TimeSpan.FromHours(6);

    public async Task<int> RunAsync(CancellationToken ct)
    {
        await using var forget = database.CreateCommand(
            """
            with over as (
                select id from data_requests
                where (answered_at at time zone 'Europe/London')::date <= $1
            ), records as (
                delete from data_request_records where request_id in (select id from over)
            ), requests as (
                delete from data_requests where id in (select id from over) returning id
            )
            select count(*)::integer from requests
            """);
        forget.Parameters.AddWithValue(London.DateOf(clock.GetUtcNow()).AddYears(-DataRequest.YearsKept));
        return (int)(await forget.ExecuteScalarAsync(ct))!;
    }
}

using Npgsql;
using TrainingHub.Platform.Jobs;

namespace TrainingHub.Platform.Email;

/// <summary>
/// Forgets 90 days later that an email was sent or withheld, and two years later that a mailbox was confirmed. What told the coordinator of a payment with a problem stays: it goes to the team's own
/// address and proves that they were told. If it dies half-way, the next run removes the rest; a second run finds nothing.
/// </summary>
internal sealed class PruneEmails(NpgsqlDataSource database, TimeProvider clock) : IJob
{
    public const int KeepDays = 90;
    private const int ConfirmedYears = 2;

    public static TimeSpan Every => TimeSpan.FromHours(6);

    public async Task<int> RunAsync(CancellationToken ct)
    {
        await using var delete = database.CreateCommand(
            """
            delete from outgoing_emails
            where state in ('Sent', 'Failed', 'Bounced', 'Withheld') and created_at < $1 and kind <> 'payment-needs-attention'
            """);
        delete.Parameters.AddWithValue(clock.GetUtcNow().AddDays(-KeepDays));
        await using var forget = database.CreateCommand("delete from confirmed_addresses where confirmed_at < $1");
        forget.Parameters.AddWithValue(clock.GetUtcNow().AddYears(-ConfirmedYears));
        return await delete.ExecuteNonQueryAsync(ct) + await forget.ExecuteNonQueryAsync(ct);
    }
}

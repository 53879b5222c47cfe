using Npgsql;
using TrainingHub.Platform.Jobs;

namespace TrainingHub.Platform.Email;

/// <summary>
/// Forgets 90 days later that an email was sent, stopped or withheld, and what it said; two years later that a mailbox was confirmed or
/// does not exist. That the coordinator was told of a payment with a problem stays, without the words: it went to the team's own address. If it dies half-way, the next run removes the rest; a second run finds nothing.
/// </summary>
internal sealed class PruneEmails(NpgsqlDataSource database, TimeProvider clock) : IJob
{
    public const int KeepDays = 90;
    private const int AddressYears = 2;

    public static TimeSpan Every => TimeSpan.FromHours(6);

    public async Task<int> RunAsync(CancellationToken ct)
    {
        await using var delete = database.CreateCommand(
            """
            delete from outgoing_emails
            where state in ('Sent', 'Failed', 'Bounced', 'Withheld', 'Stopped') and created_at < $1 and kind <> 'payment-needs-attention'
            """);
        delete.Parameters.AddWithValue(clock.GetUtcNow().AddDays(-KeepDays));
        await using var blank = database.CreateCommand(
            """
            update outgoing_emails
            set model = null, sent_text = null
            where state = 'Sent' and created_at < $1 and (model is not null or sent_text is not null)
            """);
        blank.Parameters.AddWithValue(clock.GetUtcNow().AddDays(-KeepDays));
        await using var reports = database.CreateCommand("delete from bounce_reports where read_at < $1");
        reports.Parameters.AddWithValue(clock.GetUtcNow().AddDays(-KeepDays));
        await using var confirmed = database.CreateCommand("delete from confirmed_addresses where confirmed_at < $1");
        confirmed.Parameters.AddWithValue(clock.GetUtcNow().AddYears(-AddressYears));
        await using var undeliverable = database.CreateCommand("delete from undeliverable_addresses where since < $1");
        undeliverable.Parameters.AddWithValue(clock.GetUtcNow().AddYears(-AddressYears));
        return await delete.ExecuteNonQueryAsync(ct) + await blank.ExecuteNonQueryAsync(ct) + await reports.ExecuteNonQueryAsync(ct)
            + await confirmed.ExecuteNonQueryAsync(ct) + await undeliverable.ExecuteNonQueryAsync(ct);
    }
}

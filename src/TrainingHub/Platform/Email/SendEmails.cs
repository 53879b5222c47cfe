using Npgsql;
using TrainingHub.Platform.Jobs;

namespace TrainingHub.Platform.Email;

/// <summary>
/// The safety net under <see cref="DispatchEmails"/>, and the way to send by hand. If it dies half-way, leases lapse and the
/// next run goes on; a second run at once finds only what the first has not claimed.
/// </summary>
internal sealed class SendEmails(EmailSender sender, NpgsqlDataSource database) : IJob
{
    public static TimeSpan Every => TimeSpan.FromMinutes(1);

    public async Task<int> RunAsync(CancellationToken ct)
    {
        var tried = await sender.SendAsync(ct);
        return await MailStop.ReadAsync(database, ct) is { } stop ? throw new JobWaitsException(stop.Words, handled: 0) : tried;
    }
}

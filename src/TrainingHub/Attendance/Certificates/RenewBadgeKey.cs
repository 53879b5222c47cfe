using TrainingHub.Platform.Commands;

namespace TrainingHub.Attendance;

/// <summary>
/// Retires the key that signs badges and makes another, as when somebody may have copied it. Badges that it signed can still be verified:
/// they stay published.
/// </summary>
internal sealed class RenewBadgeKey(BadgeKeys keys) : IVerb
{
    public static string Name => "badge-key renew";

    public static string Usage => "badge-key renew";

    public async Task<int> RunAsync(string[] args, CancellationToken ct)
    {
        if (args.Length > 0)
        {
            throw new UsageException("It takes no words.");
        }

        await Console.Out.WriteLineAsync($"Badges are signed with key {await keys.RenewAsync(ct)} from now on. Those signed before can still be verified.");
        return 0;
    }
}

using MimeKit;
using TrainingHub.Platform.Commands;

namespace TrainingHub.Platform.Email;

/// <summary>
/// Reads reports of mail servers from .eml files, for whoever has no mailbox that can be read by IMAP. Prints what each one was; writes
/// down what did not arrive. The same file again changes nothing.
/// </summary>
internal sealed class BouncesVerb(IServiceScopeFactory scopes) : IVerb
{
    public static string Name => "bounces";

    public static string Usage => "bounces FILE…";

    public async Task<int> RunAsync(string[] args, CancellationToken ct)
    {
        if (args is [])
        {
            throw new UsageException(Usage);
        }

        if (Array.Find(args, file => !File.Exists(file)) is { } missing)
        {
            throw new UsageException($"There is no file {missing}.");
        }

        foreach (var file in args)
        {
            await Console.Out.WriteLineAsync($"{file}: {await ReadAsync(file, ct)}");
        }

        return 0;
    }

    private async Task<string> ReadAsync(string file, CancellationToken ct)
    {
        await using var content = File.OpenRead(file);
        MimeMessage message;
        try
        {
            message = await MimeMessage.LoadAsync(content, ct);
        }
        catch (FormatException)
        {
            return "no email";
        }

        using (message)
        {
            await using var scope = scopes.CreateAsyncScope();
            return Words(await scope.ServiceProvider.GetRequiredService<RecordBounce>().RunAsync(message, ct));
        }
    }

    private static string Words(BounceOutcome outcome) => outcome switch
    {
        BounceOutcome.Recorded => "did not arrive",
        BounceOutcome.StillTried => "still being tried by the mail server",
        BounceOutcome.NotOurs => "not about an email of this site",
        BounceOutcome.Known => "known already",
        BounceOutcome.PassedOn => "failed for another address, to which the mailbox passes email on",
    };
}

using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace TrainingHub.Tests.Platform.Email;

/// <summary>A mailbox on a loopback port, as much of IMAP as is needed to read reports from it.</summary>
internal sealed partial class ImapSink : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new(TimeSpan.FromMinutes(2));
    private readonly Task accepting;

    public ImapSink()
    {
        listener.Start();
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>In the order of arrival; the first has the number 1.</summary>
    public List<string> Messages { get; } = [];

    public ConcurrentDictionary<int, bool> Seen { get; } = new();

    /// <summary>Which messages were read whole.</summary>
    public ConcurrentQueue<int> Fetched { get; } = new();

    public bool RefusesSignIn { get; set; }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Dispose();
        await accepting;
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync(stop.Token);
                await TalkAsync(client.GetStream());
            }
        }
        catch (Exception fault) when (fault is OperationCanceledException or SocketException or IOException or InvalidOperationException)
        {
        }
    }

    private async Task TalkAsync(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.Latin1);
        await SayAsync(stream, "* OK [CAPABILITY IMAP4rev1] here");
        while (await reader.ReadLineAsync(stop.Token) is { } line)
        {
            var tag = line[..line.IndexOf(' ', StringComparison.Ordinal)];
            await AnswerAsync(stream, tag, line[(tag.Length + 1)..]);
            if (line.EndsWith("LOGOUT", StringComparison.Ordinal))
            {
                return;
            }
        }
    }

    private async Task AnswerAsync(NetworkStream stream, string tag, string command)
    {
        if (command.StartsWith("LOGIN", StringComparison.Ordinal) && RefusesSignIn)
        {
            await SayAsync(stream, $"{tag} NO [AUTHENTICATIONFAILED] wrong password");
            return;
        }

        foreach (var line in Untagged(command))
        {
            await SayAsync(stream, line);
        }

        await SayAsync(stream, command.StartsWith("SELECT", StringComparison.Ordinal) ? $"{tag} OK [READ-WRITE] done" : $"{tag} OK done");
    }

    private IEnumerable<string> Untagged(string command)
    {
        if (command.StartsWith("CAPABILITY", StringComparison.Ordinal))
        {
            return ["* CAPABILITY IMAP4rev1"];
        }

        if (command.StartsWith("LIST", StringComparison.Ordinal))
        {
            return [command.EndsWith("\"\"", StringComparison.Ordinal) ? "* LIST (\\Noselect) \"/\" \"\"" : "* LIST () \"/\" INBOX"];
        }

        if (command.StartsWith("SELECT", StringComparison.Ordinal))
        {
            return [$"* {Messages.Count} EXISTS", "* 0 RECENT", "* FLAGS (\\Seen)", "* OK [PERMANENTFLAGS (\\Seen)] flags", "* OK [UIDVALIDITY 1] valid"];
        }

        if (command.StartsWith("UID SEARCH", StringComparison.Ordinal))
        {
            return ["* SEARCH " + string.Join(' ', Enumerable.Range(1, Messages.Count).Where(number => !Seen.ContainsKey(number)))];
        }

        if (command.StartsWith("UID STORE", StringComparison.Ordinal))
        {
            NumbersIn(command).ForEach(number => Seen[number] = true);
        }

        return command.StartsWith("UID FETCH", StringComparison.Ordinal) ? NumbersIn(command).Select(number => Fetch(number, command)) : [];
    }

    private string Fetch(int number, string command)
    {
        var text = Messages[number - 1];
        if (command.Contains("BODYSTRUCTURE", StringComparison.Ordinal))
        {
            var structure = text.Contains("multipart/report", StringComparison.Ordinal)
                ? """(("text" "plain" NIL NIL NIL "7bit" 9 1)("message" "delivery-status" NIL NIL NIL "7bit" 9) "report" ("report-type" "delivery-status" "boundary" "b") NIL NIL)"""
                : """("text" "plain" NIL NIL NIL "7bit" 9 1)""";
            return string.Create(CultureInfo.InvariantCulture, $"* {number} FETCH (UID {number} RFC822.SIZE {text.Length} BODYSTRUCTURE {structure})");
        }

        Fetched.Enqueue(number);
        return string.Create(CultureInfo.InvariantCulture, $"* {number} FETCH (UID {number} BODY[] {{{text.Length}}}\r\n{text})");
    }

    // "UID FETCH 1:3,5 (…)"
    private static List<int> NumbersIn(string command) =>
    [
        .. Numbers().Match(command).Groups[1].Value.Split(',')
            .Select(range => range.Split(':').Select(number => int.Parse(number, CultureInfo.InvariantCulture)).ToList())
            .SelectMany(range => Enumerable.Range(range[0], range[^1] - range[0] + 1)),
    ];

    private async Task SayAsync(NetworkStream stream, string line) => await stream.WriteAsync(Encoding.Latin1.GetBytes(line + "\r\n"), stop.Token);

    [GeneratedRegex("^UID [A-Z]+ ([0-9:,]+) ")]
    private static partial Regex Numbers();
}

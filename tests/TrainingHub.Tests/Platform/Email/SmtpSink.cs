using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace TrainingHub.Tests.Platform.Email;

/// <summary>A mail server on a loopback port that keeps what it is given, and misbehaves when told to.</summary>
internal sealed class SmtpSink : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Task accepting;

    public SmtpSink()
    {
        listener.Start();
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public ConcurrentQueue<SunkEmail> Received { get; } = new();

    public ConcurrentQueue<string> Commands { get; } = new();

    public int Connections { get; private set; }

    /// <summary>Offers STARTTLS with this certificate.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>Speaks TLS from the first byte instead.</summary>
    public bool Implicit { get; init; }

    public bool OffersLogin { get; init; }

    /// <summary>Offers AUTH XOAUTH2 only, and takes a user with a token when this says so.</summary>
    public Func<string, string, bool>? TakesToken { get; init; }

    /// <summary>The answer to a whole command line, instead of the usual one; null to answer as usual, empty to hang up.</summary>
    public Func<string, string?> Fault { get; set; } = _ => null;

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Dispose();
        await accepting;
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var talks = new List<Task>();
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync(stop.Token);
                Connections++;
                talks.Add(TalkAsync(client));
            }
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(talks);
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                await TalkAsync(client.GetStream());
            }
            catch (Exception end) when (end is IOException or OperationCanceledException or System.Security.Authentication.AuthenticationException)
            {
                // The client went away or refused the certificate; the test looks at what it reported.
            }
        }
    }

    private async Task TalkAsync(Stream stream)
    {
        var (from, to) = ("", new List<string>());
        stream = Implicit ? await SecureAsync(stream) : stream;
        await SayAsync(stream, "220 sink ready");
        while (await LineAsync(stream) is { } line)
        {
            Commands.Enqueue(line);
            var verb = line.Split(' ', ':')[0].ToUpperInvariant();
            if (Fault(line) is { } answer)
            {
                if (answer.Length == 0)
                {
                    return;
                }

                await SayAsync(stream, answer);
            }
            else if (verb == "STARTTLS" && Certificate is not null)
            {
                await SayAsync(stream, "220 go ahead");
                stream = await SecureAsync(stream);
            }
            else if (verb == "EHLO")
            {
                var lines = new List<string> { "sink", "8BITMIME" };
                lines.AddRange(Certificate is not null && stream is not SslStream ? ["STARTTLS"] : Array.Empty<string>());
                lines.AddRange(TakesToken is not null ? ["AUTH XOAUTH2"] : OffersLogin ? ["AUTH PLAIN"] : Array.Empty<string>());
                await SayAsync(stream, string.Join("\r\n", lines.Select((text, i) => $"250{(i == lines.Count - 1 ? ' ' : '-')}{text}")));
            }
            else if (verb == "AUTH" && TakesToken is not null)
            {
                await SignInAsync(stream, line);
            }
            else if (verb == "AUTH")
            {
                await SayAsync(stream, "235 signed in");
            }
            else if (verb == "MAIL")
            {
                (from, to) = (line, []);
                await SayAsync(stream, "250 ok");
            }
            else if (verb == "RCPT")
            {
                to.Add(line);
                await SayAsync(stream, "250 ok");
            }
            else if (verb == "DATA")
            {
                await SayAsync(stream, "354 go on");
                var data = new StringBuilder();
                while (await LineAsync(stream) is { } part && part != ".")
                {
                    data.Append(part.StartsWith('.') ? part[1..] : part).Append("\r\n");
                }

                var refusal = Fault("AFTER DATA");
                if (refusal is null)
                {
                    Received.Enqueue(new SunkEmail(from, to, data.ToString(), stream is SslStream));
                }

                await SayAsync(stream, refusal ?? "250 taken");
            }
            else if (verb == "QUIT")
            {
                await SayAsync(stream, "221 bye");
                return;
            }
            else
            {
                await SayAsync(stream, "502 not here");
            }
        }
    }

    /// <summary>A refusal comes as a challenge first, which is to be answered by an empty line.</summary>
    private async Task SignInAsync(Stream stream, string line)
    {
        var words = line.Split(' ');
        if (words is not ["AUTH", "XOAUTH2", var response])
        {
            await SayAsync(stream, "550 5.7.30 Basic authentication is not supported for Client Submission.");
            return;
        }

        var (user, token) = Encoding.ASCII.GetString(Convert.FromBase64String(response)).Split('\u0001') switch
        {
            [var first, var second, "", ""] when first.StartsWith("user=", StringComparison.Ordinal) && second.StartsWith("auth=Bearer ", StringComparison.Ordinal) =>
                (first["user=".Length..], second["auth=Bearer ".Length..]),
            _ => ("", ""),
        };
        if (TakesToken!(user, token))
        {
            await SayAsync(stream, "235 2.7.0 Authentication successful");
            return;
        }

        await SayAsync(stream, "334 " + Convert.ToBase64String("""{"status":"401"}"""u8));
        await LineAsync(stream);
        await SayAsync(stream, "535 5.7.3 Authentication unsuccessful");
    }

    private async Task<SslStream> SecureAsync(Stream stream)
    {
        var secure = new SslStream(stream);
        await secure.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = Certificate }, stop.Token);
        return secure;
    }

    private async Task SayAsync(Stream stream, string line) => await stream.WriteAsync(Encoding.ASCII.GetBytes(line + "\r\n"), stop.Token);

    private async Task<string?> LineAsync(Stream stream)
    {
        var line = new List<byte>();
        var one = new byte[1];
        while (await stream.ReadAsync(one, stop.Token) == 1)
        {
            if (one[0] == '\n')
            {
                return Encoding.UTF8.GetString([.. line]).TrimEnd('\r');
            }

            line.Add(one[0]);
        }

        return null;
    }
}

internal sealed record SunkEmail(string From, List<string> To, string Data, bool Encrypted);

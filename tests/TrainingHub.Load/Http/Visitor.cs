using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace TrainingHub.Load.Http;

/// <summary>
/// As much of a browser as a journey needs, at as little cost as can be: one kept connection, cookies, forms. Blocking, because
/// a thread of its own for each visitor takes the least from the processors that it shares with the application.
/// </summary>
internal sealed class Visitor : IDisposable
{
    private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveTimeout = 20_000 };
    private readonly Dictionary<string, string> cookies = new(StringComparer.Ordinal);
    private readonly string host;
    private byte[] buffer = new byte[64 * 1024];
    private int start;
    private int end;

    /// <summary>The network address that the application is told by its proxy; null for none.</summary>
    public string? From { get; set; }

    public Visitor(int port)
    {
        host = $"127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}";
        socket.Connect(IPAddress.Loopback, port);
    }

    /// <summary>The next visitor comes over the same connection, as through a proxy.</summary>
    public void Forget() => cookies.Clear();

    /// <summary>Takes over the cookies of another, who came over another connection.</summary>
    public Visitor As(Visitor other)
    {
        foreach (var (name, value) in other.cookies)
        {
            cookies[name] = value;
        }

        return this;
    }

    /// <summary>Throws one cookie away.</summary>
    public void Drop(string cookie) => cookies.Remove(cookie);

    public Answer Get(string path)
    {
        Send($"GET {path} HTTP/1.1\r\n{Headers()}\r\n");
        return Read();
    }

    public Answer Post(string path, params (string Name, string Value)[] form)
    {
        var body = string.Join('&', form.Select(field => $"{Uri.EscapeDataString(field.Name)}={Uri.EscapeDataString(field.Value)}"));
        Send($"POST {path} HTTP/1.1\r\n{Headers()}Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {body.Length}\r\n\r\n{body}");
        return Read();
    }

    public void Dispose() => socket.Dispose();

    private string Headers()
    {
        var headers = $"Host: {host}\r\nAccept-Encoding: gzip, deflate, br\r\n{(From is null ? "" : $"X-Forwarded-For: {From}\r\n")}";
        return cookies.Count == 0 ? headers : $"{headers}Cookie: {string.Join("; ", cookies.Select(cookie => $"{cookie.Key}={cookie.Value}"))}\r\n";
    }

    private void Send(string request)
    {
        for (var left = Encoding.ASCII.GetBytes(request).AsMemory(); left.Length > 0;)
        {
            left = left[socket.Send(left.Span)..];
        }
    }

    private Answer Read()
    {
        var status = int.Parse(Line().AsSpan(9, 3), CultureInfo.InvariantCulture);
        string? location = null, encoding = null;
        var length = 0;
        var chunked = false;
        for (var line = Line(); line.Length > 0; line = Line())
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            var value = line[(colon + 1)..].Trim();
            switch (line[..colon].ToLowerInvariant())
            {
                case "location":
                    location = value;
                    break;
                case "content-encoding":
                    encoding = value;
                    break;
                case "content-length":
                    length = int.Parse(value, CultureInfo.InvariantCulture);
                    break;
                case "transfer-encoding":
                    chunked = true;
                    break;
                case "set-cookie":
                    Keep(value);
                    break;
                default:
                    break;
            }
        }

        return new Answer(status, location, encoding, chunked ? Chunks() : Bytes(length));
    }

    private void Keep(string setCookie)
    {
        var (equals, close) = (setCookie.IndexOf('=', StringComparison.Ordinal), setCookie.IndexOf(';', StringComparison.Ordinal));
        cookies[setCookie[..equals]] = setCookie[(equals + 1)..(close < 0 ? setCookie.Length : close)];
    }

    private byte[] Chunks()
    {
        using var whole = new MemoryStream();
        for (var length = Chunk(); length > 0; length = Chunk())
        {
            whole.Write(Bytes(length));
            Line();
        }

        Line();
        return whole.ToArray();

        int Chunk() => int.Parse(Line(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    }

    private string Line()
    {
        int length;
        while ((length = buffer.AsSpan(start, end - start).IndexOf("\r\n"u8)) < 0)
        {
            Receive();
        }

        var line = Encoding.ASCII.GetString(buffer, start, length);
        start += length + 2;
        return line;
    }

    private byte[] Bytes(int length)
    {
        while (end - start < length)
        {
            Receive();
        }

        var bytes = buffer[start..(start + length)];
        start += length;
        return bytes;
    }

    private void Receive()
    {
        if (start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            (start, end) = (0, end - start);
        }

        if (end == buffer.Length)
        {
            Array.Resize(ref buffer, 2 * buffer.Length);
        }

        var received = socket.Receive(buffer.AsSpan(end));
        end += received > 0 ? received : throw new IOException("The application closed the connection.");
    }
}

using System.IO.Compression;
using System.Text.Json;
using Microsoft.Playwright;
using TrainingHub.Tests.House;

namespace TrainingHub.BrowserTests;

/// <summary>The network of one tab, by Chromium's own tools.</summary>
internal sealed class Devtools(ICDPSession session)
{
    private readonly Dictionary<string, Uri> files = [];
    private double transferred;

    /// <summary>
    /// What has come over the network since the last look, in bytes as they are sent: headers and compressed bodies. A published site compresses
    /// style and script once; one that was only built sends them whole, so they are compressed here.
    /// </summary>
    public int Transferred()
    {
        var sum = transferred;
        transferred = 0;
        return (int)sum;
    }

    public static async Task<Devtools> OfAsync(IPage page)
    {
        var session = await page.Context.NewCDPSessionAsync(page);
        var tools = new Devtools(session);
        session.Event("Network.responseReceived").OnEvent += (_, args) => tools.Note(args!.Value);
        session.Event("Network.loadingFinished").OnEvent += (_, args) => tools.Add(args!.Value);
        await session.SendAsync("Network.enable");
        return tools;
    }

    /// <summary>Nothing is kept from the pages before.</summary>
    public Task ForgetAsync() => session.SendAsync("Network.setCacheDisabled", new() { ["cacheDisabled"] = true });

    /// <summary>50 kbit/s and 400 ms, as at the edge of a mobile network.</summary>
    public Task SlowAsync() => EmulateAsync(isOffline: false);

    public Task LoseAsync() => EmulateAsync(isOffline: true);

    private Task<JsonElement?> EmulateAsync(bool isOffline) => session.SendAsync("Network.emulateNetworkConditions", new()
    {
        ["offline"] = isOffline,
        ["latency"] = 400,
        ["downloadThroughput"] = 50_000 / 8,
        ["uploadThroughput"] = 50_000 / 8,
    });

    private void Note(JsonElement received)
    {
        if (received.GetProperty("type").GetString() is "Stylesheet" or "Script")
        {
            files[received.GetProperty("requestId").GetString()!] = new(received.GetProperty("response").GetProperty("url").GetString()!);
        }
    }

    private void Add(JsonElement finished)
    {
        var sent = finished.GetProperty("encodedDataLength").GetDouble();
        transferred += sent;
        if (files.Remove(finished.GetProperty("requestId").GetString()!, out var address) && File.ReadAllBytes(BuiltFile(address)) is var body && sent > body.Length)
        {
            transferred += CompressedLength(body) - body.Length;
        }
    }

    // "/css/lean.4f7k2.css" is wwwroot/css/lean.css.
    private static string BuiltFile(Uri address)
    {
        var (folder, file) = (Path.GetDirectoryName(address.AbsolutePath)!, Path.GetFileName(address.AbsolutePath));
        return Path.Combine(SourceTree.Root, "src/TrainingHub/wwwroot", folder.TrimStart('/'), file.Split('.')[0] + Path.GetExtension(file));
    }

    private static long CompressedLength(byte[] body)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(body);
        }

        return compressed.Length;
    }
}

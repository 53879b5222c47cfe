using System.Globalization;
using System.Text.RegularExpressions;

namespace TrainingHub.Load.Hosting;

/// <summary>
/// Requests a second that wrk gets out of an address: one thread, 32 connections, the same for the page and for "hello". An
/// answer that is not 2xx or 3xx makes it fail.
/// </summary>
internal static partial class Wrk
{
    public static async Task<double> RunAsync(StageSettings settings, string url, int seconds, WrkScript? script, CancellationToken ct)
    {
        string[] with = script is null ? [] : ["--script", script.File];
        string[] then = script is null ? [] : ["--", .. script.Arguments];
        var printed = await Child.RunAsync(
            settings,
            "wrk",
            ["--threads", "1", "--connections", "32", "--duration", $"{seconds}s", "--timeout", "10s", "--header", "Accept-Encoding: gzip, deflate, br", .. with, url, .. then],
            ct);
        return printed.Contains("Non-2xx", StringComparison.Ordinal) || printed.Contains("Socket errors", StringComparison.Ordinal)
            ? throw new InvalidOperationException($"{url} did not always answer: {printed}")
            : double.Parse(Rate().Match(printed).Groups[1].ValueSpan, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"Requests/sec:\s+([0-9.]+)")]
    private static partial Regex Rate();
}

internal sealed record WrkScript(string File, params string[] Arguments);

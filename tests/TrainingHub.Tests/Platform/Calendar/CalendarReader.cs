using System.Diagnostics;
using System.Text;
using System.Text.Json;
using TrainingHub.Tests.House;
using Xunit;

namespace TrainingHub.Tests.Platform.Calendar;

/// <summary>
/// What a reader that is not ours (ical.js, which calendar programs use) understands of a calendar file. It takes the time zone
/// from the rules in the file.
/// </summary>
internal static class CalendarReader
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public static async Task<ReadCalendar> ReadAsync(string file)
    {
        var ct = TestContext.Current.CancellationToken;
        using var node = Process.Start(new ProcessStartInfo("node", "read.mjs")
        {
            WorkingDirectory = Path.Combine(SourceTree.Root, "tests", "calendar-contract"),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = Utf8,
            StandardOutputEncoding = Utf8,
        }) ?? throw new InvalidOperationException("node did not start.");
        await using var end = ct.Register(() => node.Kill());
        var (output, errors) = (node.StandardOutput.ReadToEndAsync(ct), node.StandardError.ReadToEndAsync(ct));
        await node.StandardInput.WriteAsync(file.AsMemory(), ct);
        node.StandardInput.Close();
        await node.WaitForExitAsync(ct);
        Assert.Equal((0, ""), (node.ExitCode, await errors));
        return JsonSerializer.Deserialize<ReadCalendar>(await output, JsonSerializerOptions.Web) ?? throw new InvalidOperationException("The reader wrote null.");
    }
}

/// <param name="Name">Null for a file to download.</param>
/// <param name="Events"></param>
internal sealed record ReadCalendar(string? Name, IReadOnlyList<ReadEvent> Events);

/// <param name="StartsAt">In UTC.</param>
/// <param name="EndsAt">In UTC.</param>
internal sealed record ReadEvent(
    string Uid,
    int Sequence,
    string Summary,
    string? Location,
    string? Description,
    string? Url,
    string Status,
    DateTimeOffset StartsAt,
    DateTimeOffset EndsAt);

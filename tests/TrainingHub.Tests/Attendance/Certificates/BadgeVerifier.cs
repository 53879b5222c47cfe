using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using TrainingHub.Tests.House;
using Xunit;

namespace TrainingHub.Tests.Attendance;

/// <summary>What a library that is not ours (jose) says of a badge and the published keys.</summary>
internal static class BadgeVerifier
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <returns>The credential and null, or null and why it is refused.</returns>
    public static async Task<(JsonNode? Credential, string? Refused)> VerifyAsync(string badge, string keys, DateTimeOffset now)
    {
        var ct = TestContext.Current.CancellationToken;
        using var node = Process.Start(new ProcessStartInfo("node", "verify-badge.mjs")
        {
            WorkingDirectory = Path.Combine(SourceTree.Root, "tests", "openid-provider"),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = Utf8,
            StandardOutputEncoding = Utf8,
        }) ?? throw new InvalidOperationException("node did not start.");
        await using var end = ct.Register(() => node.Kill());
        var (output, errors) = (node.StandardOutput.ReadToEndAsync(ct), node.StandardError.ReadToEndAsync(ct));
        await node.StandardInput.WriteAsync(JsonSerializer.Serialize(new { badge, keys = JsonNode.Parse(keys), now }).AsMemory(), ct);
        node.StandardInput.Close();
        await node.WaitForExitAsync(ct);
        return node.ExitCode == 0 ? (JsonNode.Parse(await output)!["credential"], null) : (null, (await errors).Trim());
    }
}

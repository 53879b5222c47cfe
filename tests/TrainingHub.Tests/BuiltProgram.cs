using System.Diagnostics;
using Xunit;

namespace TrainingHub.Tests;

/// <summary>The built program in a process of its own, as an operator starts it.</summary>
internal static class BuiltProgram
{
    /// <param name="words">What stands after the program's name.</param>
    /// <param name="settings">Environment variables in the order name, value, name, value.</param>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(string words, params string[] settings)
    {
        var ct = TestContext.Current.CancellationToken;
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "TrainingHub.dll"), .. words.Split(' ')])
        {
            WorkingDirectory = AppContext.BaseDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var pair in settings.Chunk(2))
        {
            start.Environment[pair[0]] = pair[1];
        }

        using var process = Process.Start(start)!;
        await using var end = ct.Register(() => process.Kill());
        var errors = process.StandardError.ReadToEndAsync(ct);
        var output = await process.StandardOutput.ReadToEndAsync(ct);
        await process.WaitForExitAsync(ct);
        return (process.ExitCode, output, await errors);
    }
}

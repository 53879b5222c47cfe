using System.Globalization;
using System.Text.RegularExpressions;
using TrainingHub.Load.Hosting;
using TrainingHub.Platform.Data;

namespace TrainingHub.Load.Database;

/// <summary>The ceiling: PostgreSQL's own load program with prepared statements, over the same socket, to the same server.</summary>
internal static partial class Pgbench
{
    /// <summary>Times a second that the script went through.</summary>
    public static async Task<double> RunAsync(Stage stage, string script, int clients, int seconds, CancellationToken ct)
    {
        var file = Path.Combine(stage.Settings.DataFolder, "ceiling.sql");
        await File.WriteAllTextAsync(file, script, ct);
        var programs = PostgresPrograms.Find(setting: null, stage.Settings.DataFolder).Folder;
        var printed = await Child.RunAsync(
            stage.Settings,
            Path.Combine(programs, "pgbench"),
            ["-n", "-M", "prepared", "-c", $"{clients}", "-j", $"{Math.Min(clients, 2)}", "-T", $"{seconds}", "-D", "i=0", "-f", file,
                "-h", stage.SocketFolder, "-U", "postgres", "traininghub"],
            ct);
        return double.Parse(Rate().Match(printed).Groups[1].ValueSpan, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"tps = ([0-9.]+) \(without initial")]
    private static partial Regex Rate();
}

using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Xml;
using TrainingHub.Catalogue;
using TrainingHub.Load.Hosting;
using TrainingHub.Platform.Files;

namespace TrainingHub.Load.Benchmarks;

/// <summary>
/// A programme of 10,000 dates in an Excel workbook: reading it in this process, beside unpacking it and passing over its XML; and the
/// whole import as a process of its own (a dry run: everything but the commit), beside that of one date, with the most memory that it took.
/// </summary>
internal static class FilesBenchmark
{
    private const int Rows = 10_000;
    private const int Times = 5;

    public static async Task<List<Figure>> RunAsync(Stage stage, CancellationToken ct)
    {
        await stage.AppAsync(ct);
        var (large, small) = (await WorkbookAsync(Rows, ct), await WorkbookAsync(1, ct));
        var read = await MedianAsync(() => ReadAsync(large, ct));
        var raw = await MedianAsync(() => Task.FromResult(PassOver(large)));
        var (oneTook, oneHeld) = await ImportAsync(stage, small, ct);
        var (took, held) = await ImportAsync(stage, large, ct);
        return
        [
            new Figure("xlsx-read", read, "ms", "zip-and-xml", raw),
            new Figure("xlsx-import", took, "ms", "one-row", oneTook, Target.AtMost(10_000, "ms")),
            new Figure("xlsx-import-memory", held, "MB", "one-row", oneHeld, Target.AtMost(200, "MB")),
        ];
    }

    private static async Task<byte[]> WorkbookAsync(int rows, CancellationToken ct)
    {
        var first = new DateOnly(2031, 1, 1);
        return await WorkbookWriter.TableAsync(
            "Programme",
            ["course", "run_reference", "date", "start", "end", "capacity", "delivery", "venue", "area", "provider", "fee", "length"],
            [.. Enumerable.Range(0, rows).Select(number => new[]
            {
                $"Course {number % 50}", $"BENCH-{number}", first.AddDays(number % 300).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), "09:30", "12:30", "20",
                "In person", $"Hall {number % 40}", "Both", $"Trainer {number % 7}", "52.50", "Half day",
            })],
            ct);
    }

    private static async Task<double> MedianAsync(Func<Task<int>> act)
    {
        var times = new List<double>();
        for (var time = 0; time < Times; time++)
        {
            var watch = Stopwatch.StartNew();
            await act();
            times.Add(watch.Elapsed.TotalMilliseconds);
        }

        return times.Order().ElementAt(Times / 2);
    }

    private static async Task<int> ReadAsync(byte[] file, CancellationToken ct)
    {
        using var stream = new MemoryStream(file);
        var table = await FileTable.ReadAsync(stream, ProgrammeRow.Kind.Columns, ct);
        return table.Rows.Count == Rows ? Rows : throw new InvalidOperationException("The workbook was not read: " + string.Join(' ', table.Errors));
    }

    private static int PassOver(byte[] file)
    {
        using var zip = new ZipArchive(new MemoryStream(file));
        var nodes = 0;
        foreach (var entry in zip.Entries.Where(entry => entry.FullName.EndsWith(".xml", StringComparison.Ordinal)))
        {
            using var xml = XmlReader.Create(entry.Open());
            while (xml.Read())
            {
                nodes++;
            }
        }

        return nodes;
    }

    private static async Task<(double Milliseconds, double PeakMegabytes)> ImportAsync(Stage stage, byte[] file, CancellationToken ct)
    {
        var path = Path.Combine(stage.Settings.DataFolder, "programme.xlsx");
        await File.WriteAllBytesAsync(path, file, ct);
        var watch = Stopwatch.StartNew();
        using var import = Process.Start(new ProcessStartInfo(stage.Settings.Application, ["import", "programme", path, "--dry-run"])
        {
            RedirectStandardOutput = true,
            Environment =
            {
                ["ASPNETCORE_ENVIRONMENT"] = "Demo",
                ["TRAININGHUB_DATA"] = stage.Settings.DataFolder,
                ["ConnectionStrings__TrainingHub"] = stage.ConnectionString,
            },
        }) ?? throw new InvalidOperationException("The import did not start.");
        var said = import.StandardOutput.ReadToEndAsync(ct);
        var peak = 0.0;
        while (!import.HasExited)
        {
            peak = Math.Max(peak, Machine.PeakMegabytes(import.Id));
            await Task.WhenAny(import.WaitForExitAsync(ct), Task.Delay(20, ct));
        }

        return import.ExitCode == 0 ? (watch.Elapsed.TotalMilliseconds, peak) : throw new InvalidOperationException("The import failed: " + await said);
    }
}

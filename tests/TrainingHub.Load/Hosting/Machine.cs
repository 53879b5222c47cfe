namespace TrainingHub.Load.Hosting;

internal static class Machine
{
    /// <summary>The load of the last minute, as the kernel gives it.</summary>
    public static string Load => File.ReadAllText("/proc/loadavg").Split(' ')[0];

    public static string Processor =>
        File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim()
        ?? "unknown processor";

    /// <summary>What a process holds in memory now, in megabytes of 1,000,000 bytes.</summary>
    public static double ResidentMegabytes(int process)
    {
        var line = File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], System.Globalization.CultureInfo.InvariantCulture) * 1024 / 1e6;
    }
}

namespace TrainingHub.Load.Hosting;

internal static class Machine
{
    /// <summary>The load of the last minute, as the kernel gives it.</summary>
    public static string Load => File.ReadAllText("/proc/loadavg").Split(' ')[0];

    public static string Processor =>
        File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim()
        ?? "unknown processor";

    /// <summary>What a process holds in memory now, in megabytes of 1,000,000 bytes.</summary>
    public static double ResidentMegabytes(int process) => Megabytes(process, "VmRSS:");

    /// <summary>The most that a process has held, in megabytes of 1,000,000 bytes; 0 when it has ended.</summary>
    public static double PeakMegabytes(int process) => Megabytes(process, "VmHWM:");

    private static double Megabytes(int process, string field)
    {
        string[] status;
        try
        {
            status = File.ReadAllLines($"/proc/{process}/status");
        }
        catch (IOException)
        {
            // It has ended.
            return 0;
        }

        return Array.Find(status, line => line.StartsWith(field, StringComparison.Ordinal)) is { } line
            ? double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], System.Globalization.CultureInfo.InvariantCulture) * 1024 / 1e6
            : 0;
    }
}

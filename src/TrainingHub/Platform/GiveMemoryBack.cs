using System.Runtime.InteropServices;

namespace TrainingHub.Platform;

/// <summary>
/// Gives memory that the compiler and compression took from the C library, and have freed, back to the system: by itself glibc
/// keeps what lies between pieces in use, about 20 MB here (measured November 2026; man 3 malloc_trim). Another C library, such as
/// musl, has no such call: then it ends, and the host goes on.
/// </summary>
internal sealed partial class GiveMemoryBack(ILogger<GiveMemoryBack> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (!TryTrim(Trim))
            {
                LogNoSuchCall();
                return;
            }
        }
    }

    /// <returns>False when the C library does not have the call.</returns>
    internal static bool TryTrim(Func<nuint, int> trim)
    {
        try
        {
            _ = trim(0);
            return true;
        }
        catch (Exception missing) when (missing is EntryPointNotFoundException or DllNotFoundException)
        {
            return false;
        }
    }

    [DllImport("libc", EntryPoint = "malloc_trim")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Trim(nuint keptAtTheTop);

    [LoggerMessage(Level = LogLevel.Information, Message = "The C library has no malloc_trim: freed memory stays with the process.")]
    private partial void LogNoSuchCall();
}

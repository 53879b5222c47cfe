using System.Globalization;
using System.Runtime.InteropServices;
using TrainingHub.Load;
using TrainingHub.Load.Hosting;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

if (args is ["hello", "--port", var given] && int.TryParse(given, out var helloPort))
{
    await HelloServer.RunAsync(helloPort);
    return 0;
}

if (args is not ["bench", var application, var data, var first, .. var names] || !int.TryParse(first, out var port))
{
    await Console.Error.WriteLineAsync("Usage: TrainingHub.Load hello --port N | bench APPLICATION DATA-FOLDER PORT [NAME…]");
    return 2;
}

if (names.FirstOrDefault(name => !BenchmarkList.All.ContainsKey(name)) is { } unknown)
{
    await Console.Error.WriteLineAsync($"There is no benchmark “{unknown}”: {string.Join(", ", BenchmarkList.All.Keys)}.");
    return 2;
}

using var stop = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
try
{
    await BenchmarkList.RunAsync(new StageSettings(application, data, port), names, stop.Token);
    return 0;
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    await Console.Error.WriteLineAsync("Stopped.");
    return 130;
}

void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}

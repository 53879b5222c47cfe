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

if (args is not [("bench" or "attack") and var verb, var application, var data, var first, .. var names] || !int.TryParse(first, out var port))
{
    await Console.Error.WriteLineAsync("Usage: TrainingHub.Load hello --port N | bench|attack APPLICATION DATA-FOLDER PORT [NAME…]");
    return 2;
}

IEnumerable<string> all = verb == "bench" ? BenchmarkList.All.Keys : AttackList.All.Keys;
if (names.FirstOrDefault(name => !all.Contains(name)) is { } unknown)
{
    await Console.Error.WriteLineAsync($"There is no {verb} “{unknown}”: {string.Join(", ", all)}.");
    return 2;
}

using var stop = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
try
{
    var settings = new StageSettings(application, data, port);
    if (verb == "attack")
    {
        return await AttackList.RunAsync(settings, names, stop.Token) ? 0 : 1;
    }

    await BenchmarkList.RunAsync(settings, names, stop.Token);
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

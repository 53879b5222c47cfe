using System.Text.RegularExpressions;

namespace TrainingHub.Platform.Jobs;

internal sealed partial record JobEntry(string Name, TimeSpan Every, Func<IServiceProvider, CancellationToken, Task<int>> RunAsync)
{
    /// <summary>The interval as a cron expression with seconds, from the full minute, hour or day on, which it has to divide.</summary>
    public string Cron => Every switch
    {
        { TotalSeconds: < 60 } => $"*/{Whole(Every.TotalSeconds, 60)} * * * * *",
        { TotalMinutes: < 60 } => $"0 */{Whole(Every.TotalMinutes, 60)} * * * *",
        _ => $"0 0 */{Whole(Every.TotalHours, 24)} * * *",
    };

    /// <summary>"SendDueSurveys" as words: "Send due surveys".</summary>
    public static string WordsOf(string name) => name[0] + Humps().Replace(name[1..], match => " " + match.Value.ToLowerInvariant());

    [GeneratedRegex("[A-Z]")]
    private static partial Regex Humps();

    private int Whole(double parts, int all) =>
        parts >= 1 && double.IsInteger(parts) && all % parts == 0 ? (int)parts : throw new InvalidOperationException($"{Name} cannot run every {Every}.");
}

internal static class JobRegistration
{
    public static IServiceCollection AddJob<T>(this IServiceCollection services)
        where T : class, IJob =>
        services.AddScoped<T>().AddSingleton(new JobEntry(
            typeof(T).Name, T.Every, (provider, ct) => provider.GetRequiredService<T>().RunAsync(ct)));
}

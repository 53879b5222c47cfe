using Microsoft.Extensions.Options;
using TrainingHub.Platform.Web;

namespace TrainingHub.Platform;

/// <summary>All rules of all rooms, for whoever says how long something is kept.</summary>
internal sealed class RetentionRules(IEnumerable<RetentionRule> rules, IOptions<SiteOptions> site)
{
    private readonly Dictionary<string, RetentionRule> byKey = rules.ToDictionary(rule => rule.Key);

    public IReadOnlyList<RetentionRule> All { get; } = [.. rules];

    /// <summary>"30 days after the course".</summary>
    /// <exception cref="KeyNotFoundException">No room has such a rule.</exception>
    public string this[string key] => byKey[key].Words(site.Value);

    /// <summary>"30 days".</summary>
    public string Period(string key) => byKey[key].PeriodWords(site.Value);
}

internal static class RetentionRegistration
{
    public static IServiceCollection AddRetention(this IServiceCollection services, IReadOnlyList<RetentionRule> rules)
    {
        foreach (var rule in rules)
        {
            services.AddSingleton(rule);
        }

        return services;
    }
}

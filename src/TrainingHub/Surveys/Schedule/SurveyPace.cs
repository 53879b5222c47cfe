using Microsoft.Extensions.Options;
using TrainingHub.Platform;

namespace TrainingHub.Surveys;

/// <summary>
/// Lets so many survey emails a minute out, to all and to one mail domain, counted in the database for all nodes. What it holds back stays
/// due. For one run of a job: what was full once is not asked for again.
/// </summary>
internal sealed class SurveyPace(Tries tries, IOptions<SurveyOptions> options)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private readonly HashSet<string> full = [];

    /// <summary>Nothing more goes out in this run.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Domains to which nothing more goes out in this run.</summary>
    public string[] Full => [.. full];

    public async Task<bool> TakeAsync(string email, CancellationToken ct)
    {
        var domain = DomainOf(email);
        var (all, one) = (new TryBound("survey-emails", options.Value.MostPerMinute, Minute), new TryBound("survey-emails-domain", options.Value.MostPerDomainPerMinute, Minute));
        if (IsOver || full.Contains(domain))
        {
            return false;
        }

        if (await tries.TakeAsync(all, "", ct) is not null)
        {
            IsOver = true;
            return false;
        }

        if (await tries.TakeAsync(one, domain, ct) is null)
        {
            return true;
        }

        full.Add(domain);
        await tries.GiveBackAsync(all, "", ct);
        return false;
    }

    private static string DomainOf(string email) => email[(email.LastIndexOf('@') + 1)..].ToLowerInvariant();
}

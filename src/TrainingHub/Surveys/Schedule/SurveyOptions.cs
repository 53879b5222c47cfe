using System.ComponentModel.DataAnnotations;

namespace TrainingHub.Surveys;

/// <summary>Settings under <c>Surveys</c>: who is asked besides; and how fast surveys go out, so that after an outage they come as a trickle and no mail server takes them for spam.</summary>
internal sealed class SurveyOptions
{
    public const string Section = "Surveys";

    /// <summary>Survey emails a minute, over all nodes.</summary>
    [Range(1, 10_000)]
    public int MostPerMinute { get; init; } = 20;

    /// <summary>Of them to one mail domain, such as all schools of a county.</summary>
    [Range(1, 10_000)]
    public int MostPerDomainPerMinute { get; init; } = 10;

    /// <summary>Whether delegates who have answered after three months are offered a link for their manager; off unless it is switched on.</summary>
    public bool AskManagers { get; init; }
}

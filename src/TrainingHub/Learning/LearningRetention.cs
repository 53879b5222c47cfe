using TrainingHub.Platform;

namespace TrainingHub.Learning;

/// <summary>How long is kept who acknowledged a notice. What was learned, agreed and minuted is the partnership's record and has no end.</summary>
internal static class LearningRetention
{
    public static readonly IReadOnlyList<RetentionRule> Rules =
    [
        new("acknowledgements", "Who at a provider acknowledged a change of content, and what they wrote", "To know that courses teach what reviews found", Period.Months(ProviderNotice.KeptMonths), "after it was acknowledged")
        {
            Job = nameof(ForgetAcknowledgers),
            Rows = new(
                "provider_notices", "acknowledged_at < @before and (acknowledged_by is not null or acknowledged_words is not null)",
                "update provider_notices\nset acknowledged_by = null, acknowledged_words = null"),
        },
        new("learning-records", "Actions from learning, with roles of who answers for them, and minutes of the meetings on them", "To show what reviews changed", null, "without an end"),
    ];
}

using TrainingHub.Platform;

namespace TrainingHub.Learning;

/// <summary>How long is kept who acknowledged a notice, and what is known about how providers do. What was learned, agreed and minuted is the partnership's record and has no end.</summary>
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
        new("provider-documents", "Documents of providers, such as contracts and insurance", "To see that who trains for us is covered and trusted", Period.Months(ProviderDocument.KeptMonths), "after the contract ended or the provider was archived, and its last date is over; of one that was archived or replaced, after that")
        {
            Job = nameof(ForgetQuality),
            Rows = new(
                "provider_documents own",
                """
                coalesce(own.replaced_at, own.archived_at) < @before
                    or exists (
                        select
                        from providers provider
                        where provider.id = own.provider_id
                            and coalesce((provider.archived_at at time zone 'Europe/London')::date, provider.contract_until) < @before_day
                            and not exists (select from course_runs run where run.provider_id = provider.id and run.state <> 'Cancelled' and run.ends_at > @now))
                """)
            {
                First = ["update provider_documents newer\nset replaces_id = null\nwhere newer.replaces_id in ({rows})"],
            },
        },
        new("observations", "What staff saw when they sat in on a course", "To keep training good", Period.Months(CourseObservation.KeptMonths), "after the date")
        {
            Job = nameof(ForgetQuality),
            Rows = new("course_observations own", "exists (select from course_runs run where run.id = own.run_id and run.ends_at < @before)"),
        },
        new("provider-reviews", "Reviews of how providers do", "To decide whom to train with", Period.Months(ProviderReview.KeptMonths), "after the review")
        {
            Job = nameof(ForgetQuality),
            Rows = new("provider_reviews", "held_on < @before_day"),
        },
        new("learning-records", "Actions from learning, with roles of who answers for them, and minutes of the meetings on them", "To show what reviews changed", null, "without an end"),
    ];
}

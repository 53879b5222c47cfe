using TrainingHub.Platform;

namespace TrainingHub.PersonalData;

/// <summary>How long it is kept what people asked or complained about their data.</summary>
internal static class PersonalDataRetention
{
    public static readonly IReadOnlyList<RetentionRule> Rules =
    [
        Of("data-requests", "What people asked about their data", "kind <> 'Complaint'"),
        Of("complaints", "Complaints about how data is handled", "kind = 'Complaint'"),
    ];

    private static RetentionRule Of(string key, string what, string kind) => new(key, what, "To answer, and to show that it was answered", Period.Years(DataRequest.YearsKept), "after the answer")
    {
        Job = nameof(ForgetRequests),
        Rows = new("data_requests", $"{kind} and (answered_at at time zone 'Europe/London')::date <= @before_day")
        {
            First = ["delete from data_request_records where request_id in ({rows})"],
        },
    };
}

using TrainingHub.Platform;

namespace TrainingHub.Catalogue;

/// <summary>How long wishes to hear of dates and the contacts of providers and venues are kept.</summary>
internal static class CatalogueRetention
{
    public static readonly IReadOnlyList<RetentionRule> Rules =
    [
        new("date-wishes", "Wishes to hear of dates, and interest in recordings of events", "To write to people once", Period.Months(AskForDates.MonthsKept), "after they asked, or after the event, at the most; until we have written, or the recording ends")
        {
            Job = nameof(TellOfDates), Rows = new("date_wishes", "ends_at <= @now"),
        },
        new("contacts", "Trainers, and contacts of providers and venues", "To arrange training", null, "after the contract ends or the provider or venue is archived, and until its last date is over")
        {
            Job = nameof(ForgetContacts),
            Settled = site => Period.Months(site.ContactsKeptMonths),
            CountAsync = async (services, now, ct) => (await services.GetRequiredService<ForgetContacts>().DueAsync(now, ct)).Count,
        },
    ];
}

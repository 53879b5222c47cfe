using TrainingHub.Platform.Email;
using TrainingHub.Platform.Files;
using TrainingHub.Platform.Jobs;
using TrainingHub.Platform.Web;

namespace TrainingHub.Platform;

/// <summary>How long the traces are kept that emails, links, tries and files leave.</summary>
internal static class PlatformRetention
{
    private const string NoGuessing = "So that nobody guesses passwords or sends emails that nobody asked for";
    private const string ToSendWell = "To send nothing that is not wanted or does not arrive";

    public static readonly IReadOnlyList<RetentionRule> Rules =
    [
        Of<PruneEmails>("emails", "Emails that were sent, stopped or withheld", "To see what people were told and whether it arrived", Period.Days(PruneEmails.KeepDays), "after they were written", new(
            "outgoing_emails", "state in ('Sent', 'Failed', 'Bounced', 'Withheld', 'Stopped') and created_at < @before and kind <> 'payment-needs-attention'")),
        Of<PruneEmails>("payment-emails", "The words of emails to the team about payments", "To see what the team was told", Period.Days(PruneEmails.KeepDays), "after they were written", new(
            "outgoing_emails",
            "state = 'Sent' and kind = 'payment-needs-attention' and created_at < @before and (model is not null or sent_text is not null)",
            "update outgoing_emails set model = null, sent_text = null")),
        Of<PruneEmails>("bounce-reports", "Reports that an email came back", "So that none is counted twice", Period.Days(PruneEmails.KeepDays), "after they were read", new("bounce_reports", "read_at < @before")),
        Of<PruneEmails>("confirmed-addresses", "That somebody wants our emails, in a form that cannot be read", ToSendWell, Period.Years(2), "after they last said so", new("confirmed_addresses", "confirmed_at < @before")),
        Of<PruneEmails>("undeliverable-addresses", "That an address does not exist, in a form that cannot be read", ToSendWell, Period.Years(2), "after we learnt it", new("undeliverable_addresses", "since < @before")),
        Of<PruneLinks>("links", "Private links", "So that people can act without an account", null, "Until the day that the link itself has", new("secret_links", "expires_at <= @now")),
        Of<PruneTries>("tries", "How often something was tried, in a form that cannot be read", NoGuessing, Period.Days(2), "after the last try", new("recent_tries", "last_at < @before")),
        Of<PruneAddressSessions>("address-sessions", "Being signed in with a code", "So that people see their bookings without a password", Period.Of(SignedInAddress.Longest), "at the most", new(
            "address_sessions", "expires_at <= @now")) with { ByRealTime = true },
        Of<PruneKeptForms>("kept-forms", "What staff typed when they had to sign in again", "So that nothing has to be typed twice", Period.Of(KeptForms.Life), "after it was typed", new(
            "kept_forms", "expires_at <= @now")) with { ByRealTime = true },
        Of<PruneImportUploads>("imports", "Files that are imported", "To import them", Period.Of(ImportUpload.Life), $"with what they hold; {Period.Of(ImportUpload.LifeWhenDone).Words} that they were imported", new(
            "import_uploads", "expires_at <= @now and (lease_until is null or lease_until <= @now)")),
        Of<PruneUndo>("undo", "What an act changed", "So that it can be undone", Period.Of(UndoableAct.KeptFor), "after the act", new("undoable_acts", "at < @before")),
        Of<PruneJobRuns>("job-runs", "That automatic work ran", "To see that it runs", Period.Days(14), "after it ran", new("job_runs", "started_at < @before and error is null")),
        Of<PruneJobRuns>("failed-job-runs", "That automatic work failed", "To find out why", Period.Days(90), "after it ran", new("job_runs", "started_at < @before and error is not null")),
        new("history", "History: which member of staff did what, and when", "To be able to say who did what. It names nobody else by itself", null, "No end"),
        new("erased-records", "That something was erased, by number", "So that it is erased again if an old backup has to be used", null, "No end"),
    ];

    private static RetentionRule Of<TJob>(string key, string what, string why, Period? kept, string after, RetentionRows rows)
        where TJob : IJob => new(key, what, why, kept, after) { Job = typeof(TJob).Name, Rows = rows };
}

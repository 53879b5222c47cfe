using Microsoft.EntityFrameworkCore;

namespace TrainingHub.Platform.Email;

/// <summary>
/// What emails to an address said, forgotten before its time: that they went out stays until <see cref="PruneEmails"/>. What was
/// withheld or did not arrive is not sent any more. Joins its caller's transaction.
/// </summary>
internal static class ForgetEmailWords
{
    public const string Subject = "Forgotten";

    /// <param name="db"></param>
    /// <param name="addressKeys">As <see cref="EmailAddress.KeyOf"/> gives them.</param>
    /// <param name="ct"></param>
    public static Task<int> OfAsync(TrainingHubDb db, string[] addressKeys, CancellationToken ct) => db.Database.ExecuteSqlAsync(
        $"""
        update outgoing_emails
        set model = null,
            sent_text = null,
            subject = case when state = 'Sent' then subject else {Subject} end,
            state = case when state = 'Withheld' then 'Stopped' else state end
        where lower(to_address) = any({addressKeys})
          and state in ('Sent', 'Failed', 'Bounced', 'Withheld', 'Stopped')
        """,
        ct);
}

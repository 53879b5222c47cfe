using Npgsql;
using TrainingHub.Emails;

namespace TrainingHub.Platform.Email;

/// <summary>
/// How many emails that anybody can cause go to one mailbox, whichever form they come from and whichever node sends them: to one whose
/// owner has not confirmed it three within any hour and ten within any day, of which the last is kept for the one that says what was
/// withheld; to a confirmed one ten times as many. So a stranger's address cannot be used to bother its owner. Source: reliability B-19.
/// </summary>
internal sealed class AddressBounds(NpgsqlDataSource database, Tries tries)
{
    public static readonly TryBound Hour = new("email-hour", Most: 3, TimeSpan.FromHours(1));
    public static readonly TryBound Day = new("email-day", Most: 10, TimeSpan.FromDays(1));
    private const int ConfirmedTimes = 10;

    /// <summary>Whether the email may go out now; then it is counted. What staff or money have caused always may.</summary>
    public async Task<bool> AllowAsync(OutgoingEmail email, CancellationToken ct)
    {
        if (!EmailCatalogue.ByAnybody.Contains(email.Kind))
        {
            return true;
        }

        var times = await IsConfirmedAsync(email.ToAddress, ct) ? ConfirmedTimes : 1;
        return await CountAsync(email.ToAddress, (Hour.Most - 1) * times, (Day.Most - 2) * times, ct);
    }

    /// <summary>The email that was let through did not leave, for a reason that is not its own: it is counted when it is tried again.</summary>
    public async Task GiveBackAsync(OutgoingEmail email, CancellationToken ct)
    {
        if (EmailCatalogue.ByAnybody.Contains(email.Kind))
        {
            var mailbox = EmailAddress.MailboxOf(email.ToAddress);
            await tries.GiveBackAsync(Hour, mailbox, ct);
            await tries.GiveBackAsync(Day, mailbox, ct);
        }
    }

    /// <summary>Whether the mailbox may be told now that emails wait for it; then that is counted.</summary>
    public Task<bool> AllowOfferAsync(string address, CancellationToken ct) => CountAsync(address, Hour.Most, Day.Most, ct);

    private async Task<bool> CountAsync(string address, int mostAnHour, int mostADay, CancellationToken ct)
    {
        var mailbox = EmailAddress.MailboxOf(address);
        if (await tries.TakeAsync(Hour with { Most = mostAnHour }, mailbox, ct) is not null)
        {
            return false;
        }

        if (await tries.TakeAsync(Day with { Most = mostADay }, mailbox, ct) is null)
        {
            return true;
        }

        await tries.GiveBackAsync(Hour, mailbox, ct);
        return false;
    }

    private async Task<bool> IsConfirmedAsync(string address, CancellationToken ct)
    {
        await using var find = database.CreateCommand("select exists (select from confirmed_addresses where address_hash = $1)");
        find.Parameters.AddWithValue(ConfirmedAddress.HashOf(address));
        return await find.ExecuteScalarAsync(ct) is true;
    }
}

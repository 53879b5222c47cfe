using Microsoft.Extensions.Options;
using TrainingHub.Emails;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Web;

namespace TrainingHub.Portal;

/// <summary>
/// Mails a code to an address, whether it is known here or not: nothing is looked up, so neither the page nor the time it takes tells who
/// has booked. A mailbox gets at most five codes within any hour and fifteen within any day; what is more gets the same page and no email.
/// A network asks for so many and no more, for whichever addresses. Source: reliability and B-19.
/// </summary>
internal sealed class SendCode(TrainingHubDb db, Tries tries, SessionClock sessions, TimeProvider clock, IOptions<SiteOptions> site)
{
    public static readonly TryBound FromNetwork = new("my-code-network", Most: 200, TimeSpan.FromHours(1));
    public static readonly TryBound ToMailboxInHour = new("my-code-hour", Most: 5, TimeSpan.FromHours(1));
    public static readonly TryBound ToMailboxInDay = new("my-code-day", Most: 15, TimeSpan.FromDays(1));

    /// <param name="address">A valid one.</param>
    /// <param name="network">Where the form came from.</param>
    /// <param name="ct"></param>
    /// <returns>What is asked for, for the address of the page that takes the code; null when the network has asked too often.</returns>
    public async Task<Guid?> RunAsync(string address, string network, CancellationToken ct)
    {
        if (await tries.TakeAsync(FromNetwork, network, ct) is not null)
        {
            return null;
        }

        var (email, code, now) = (EmailAddress.KeyOf(address), SignInCode.New(), sessions.GetUtcNow());
        var asked = new SignInCode
        {
            Id = Guid.NewGuid(),
            Email = email,
            CodeHash = SignInCode.HashOf(email, code),
            CreatedAt = now,
            ExpiresAt = now + SignInCode.Life,
        };
        db.Add(asked);
        if (await MayBeMailedAsync(email, ct))
        {
            var until = London.Words(TimeOnly.FromDateTime(London.At(asked.ExpiresAt)));
            db.Add(OutgoingEmail.To(address, new SignInCodeEmail(SignInCode.Words(code), until, site.Value.Absolute(PortalUrls.SignIn)), clock.GetUtcNow()));
        }

        await db.SaveChangesAsync(ct);
        return asked.Id;
    }

    private async Task<bool> MayBeMailedAsync(string email, CancellationToken ct)
    {
        var mailbox = EmailAddress.MailboxOf(email);
        return await tries.TakeAsync(ToMailboxInHour, mailbox, ct) is null && await tries.TakeAsync(ToMailboxInDay, mailbox, ct) is null;
    }
}

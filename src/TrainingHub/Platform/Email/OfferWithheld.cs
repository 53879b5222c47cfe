using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.Emails;
using TrainingHub.Platform.Jobs;
using TrainingHub.Platform.Web;

namespace TrainingHub.Platform.Email;

/// <summary>
/// Tells each mailbox for which emails were withheld what waits for it, in one email with a button that sends them: nothing that was
/// meant for somebody is lost in silence. That email is within the bounds of the mailbox (<see cref="AddressBounds"/>); until it is, the
/// offer waits. Email and mark are one transaction: if it dies half-way the rest waits for the next run, and a second run finds nothing.
/// </summary>
internal sealed class OfferWithheld(TrainingHubDb db, AddressBounds bounds, TimeProvider clock, IOptions<SiteOptions> site) : IJob
{
    /// <summary>What the purpose of the link is called; its subject is the email that the link is in.</summary>
    public const string LinkPurpose = "withheld-emails";

    private const int Batch = 50;
    private const int SubjectsShown = 10;
    private static readonly TimeSpan LinkLife = TimeSpan.FromDays(30);

    public static TimeSpan Every => TimeSpan.FromMinutes(1);

    public async Task<int> RunAsync(CancellationToken ct)
    {
        var addresses = await db.OutgoingEmails
            .Where(email => email.State == EmailState.Withheld && email.OfferedAt == null)
            .GroupBy(email => email.ToAddress)
            .OrderBy(emails => emails.Min(email => email.CreatedAt))
            .Select(emails => emails.Key)
            .Take(Batch)
            .ToListAsync(ct);
        var offered = 0;
        foreach (var address in addresses)
        {
            if (await bounds.AllowOfferAsync(address, ct))
            {
                await OfferAsync(address, ct);
                offered++;
            }
        }

        return offered;
    }

    private async Task OfferAsync(string address, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var waiting = db.OutgoingEmails.Where(email => email.State == EmailState.Withheld && email.ToAddress == address);
        var subjects = await waiting.OrderBy(email => email.CreatedAt).ThenBy(email => email.Id).Select(email => email.Subject).ToListAsync(ct);
        var token = SecretToken.New();
        var url = site.Value.Absolute(Pages.WithheldModel.Path(token.Value));
        var message = new EmailsWithheldEmail([.. subjects.Take(SubjectsShown)], Math.Max(0, subjects.Count - SubjectsShown), url);
        var offer = OutgoingEmail.To(address, message, now);
        db.Add(offer);
        db.Add(SecretLink.Of(token, LinkPurpose, offer.Id, now, now + LinkLife));
        await db.SaveChangesAsync(ct);
        await waiting.ExecuteUpdateAsync(email => email.SetProperty(one => one.OfferedAt, now), ct);
        await transaction.CommitAsync(ct);
    }
}

using Microsoft.Extensions.Options;
using TrainingHub.Emails;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Web;

namespace TrainingHub.Payments;

/// <summary>
/// Sends an organisation's statement to an address: what is open, and a link that shows the statement as it is on the day on which it is
/// opened, for 60 days. Whoever has the link sees this organisation's invoices and nothing else.
/// </summary>
internal sealed class SendStatement(TrainingHubDb db, ReadStatement read, IOptions<SiteOptions> site, TimeProvider clock)
{
    public const string LinkPurpose = "statement";

    private static readonly TimeSpan LinkLife = TimeSpan.FromDays(60);

    /// <returns>False for an organisation that is not there.</returns>
    public async Task<bool> RunAsync(Guid organisationId, string address, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (await read.RunAsync(organisationId, read.UsualFrom, ct) is not { } statement)
        {
            return false;
        }

        var token = SecretLink.Issue(db, LinkPurpose, organisationId, now, now + LinkLife);
        var message = new StatementReadyEmail(
            statement.Party,
            London.Words(statement.To),
            $"£{new Money(Math.Max(0, statement.BalancePence)).Column}",
            [.. statement.Open.Select(invoice => new StatementInvoice(
                invoice.Number, London.Words(invoice.DueOn), $"£{new Money(invoice.OpenPence).Column}", invoice.DueOn < statement.To))],
            site.Value.Absolute(PaymentUrls.PrivateStatement(token.Value)));
        db.Add(OutgoingEmail.To(address, message, now));
        HistoryEntry.Add<Organisation>(db, organisationId, by, "Statement sent", [], now);
        await db.SaveChangesAsync(ct);
        return true;
    }
}

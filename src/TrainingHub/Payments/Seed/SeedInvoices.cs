using Microsoft.EntityFrameworkCore;
using TrainingHub.Emails;
using TrainingHub.Platform.Data;
using TrainingHub.Platform.Email;

namespace TrainingHub.Payments;

/// <summary>
/// Demo: bookings that were invented get their invoices as others do, so that the books are sound before a job has run. Nobody invented
/// is written to.
/// </summary>
internal sealed class SeedInvoices(TrainingHubDb db, IssueInvoices issue) : ISeed
{
    private static readonly string Told = EmailCatalogue.All.Single(kind => kind.Message == typeof(InvoiceIssuedEmail)).Name;

    public static int Order => 75;

    public static bool DemoOnly => true;

    public async Task RunAsync(CancellationToken ct)
    {
        while (await issue.RunAsync(ct) > 0)
        {
        }

        await db.OutgoingEmails.Where(email => email.Kind == Told && email.State == EmailState.Queued).ExecuteDeleteAsync(ct);
    }
}

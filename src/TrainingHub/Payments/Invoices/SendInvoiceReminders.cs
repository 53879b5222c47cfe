using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.Platform;
using TrainingHub.Platform.Jobs;

namespace TrainingHub.Payments;

/// <summary>
/// Reminds of invoices that are past their date, on the days after it that the settings name: each once, and of several that have gone by
/// the latest alone. Each invoice is a transaction of its own that looks again under lock, so it may stop anywhere and run twice.
/// </summary>
internal sealed class SendInvoiceReminders(TrainingHubDb db, RemindInvoice remind, IOptions<InvoiceOptions> options, TimeProvider clock) : IJob
{
    private const int BatchSize = 50;

    public static TimeSpan Every => TimeSpan.FromMinutes(10);

    private sealed record Reminder(Guid InvoiceId, int AfterDays);

    public async Task<int> RunAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var today = London.DateOf(now);
        List<Reminder> due = [];
        var next = DateOnly.MinValue;
        foreach (var days in options.Value.ReminderDays?.OrderDescending() ?? Enumerable.Empty<int>())
        {
            var later = next;
            due.AddRange((await RemindInvoice.Due(db, days, now)
                .Where(invoice => invoice.DueOn > later)
                .OrderBy(invoice => invoice.DueOn).ThenBy(invoice => invoice.Number)
                .Select(invoice => invoice.Id)
                .Take(BatchSize)
                .ToListAsync(ct)).ConvertAll(id => new Reminder(id, days)));
            next = today.AddDays(-days);
        }

        return await OneByOne.RunAsync(due, one => remind.RunAsync(one.InvoiceId, one.AfterDays, ct));
    }
}

using Microsoft.EntityFrameworkCore;

namespace TrainingHub.Payments;

/// <summary>What one organisation, or one payer without an organisation, has open by how long it has been due.</summary>
/// <param name="OrganisationId">Null for a payer without one, who is known by the name on the invoice.</param>
/// <param name="Invoices">How many are open.</param>
internal sealed record AgedDebtRow(Guid? OrganisationId, string Name, int Invoices, AgedDebt Aged);

internal static class AgedDebts
{
    /// <summary>All that have something open, by name. Ages are of a day in London.</summary>
    public static async Task<IReadOnlyList<AgedDebtRow>> ReadAsync(TrainingHubDb db, DateOnly today, CancellationToken ct)
    {
        var (day30, day60, day90) = (today.AddDays(-30), today.AddDays(-60), today.AddDays(-90));
        var rows = await (
            from invoice in db.Invoices
            join booking in db.Bookings on invoice.BookingId equals booking.Id
            join organisation in db.Organisations on booking.OrganisationId equals organisation.Id into known
            from organisation in known.DefaultIfEmpty()
            where !invoice.IsSettled
            group invoice by new { booking.OrganisationId, Name = organisation == null ? invoice.BillingName : organisation.Name } into payer
            orderby payer.Key.Name, payer.Key.OrganisationId
            select new
            {
                payer.Key.OrganisationId,
                payer.Key.Name,
                Invoices = payer.Count(),
                NotDue = payer.Sum(one => one.DueOn >= today ? one.OpenPence : 0),
                To30 = payer.Sum(one => one.DueOn < today && one.DueOn >= day30 ? one.OpenPence : 0),
                To60 = payer.Sum(one => one.DueOn < day30 && one.DueOn >= day60 ? one.OpenPence : 0),
                To90 = payer.Sum(one => one.DueOn < day60 && one.DueOn >= day90 ? one.OpenPence : 0),
                Over90 = payer.Sum(one => one.DueOn < day90 ? one.OpenPence : 0),
            }).ToListAsync(ct);
        return rows.ConvertAll(row => new AgedDebtRow(row.OrganisationId, row.Name ?? "Name not kept", row.Invoices, new(row.NotDue, row.To30, row.To60, row.To90, row.Over90)));
    }
}

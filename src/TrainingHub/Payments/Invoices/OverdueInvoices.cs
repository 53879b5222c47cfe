namespace TrainingHub.Payments;

internal static class OverdueInvoices
{
    /// <summary>Those whose day has gone by while something is left to pay.</summary>
    public static IQueryable<Invoice> Of(TrainingHubDb db, DateOnly today) => db.Invoices.Where(invoice => !invoice.IsSettled && invoice.DueOn < today);
}

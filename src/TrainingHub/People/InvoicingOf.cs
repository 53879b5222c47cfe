using Microsoft.EntityFrameworkCore;

namespace TrainingHub.People;

/// <summary>What staff know of the invoices of an organisation. For staff alone: whoever types a name is no proof of working there.</summary>
internal sealed record InvoicingOf(string Name, string? Address, string? Email, string? PurchaseOrders)
{
    /// <summary>"Hill Primary has its invoices sent to finance@hill.example. Needs a number first."</summary>
    public string? Words => (Email, PurchaseOrders) switch
    {
        (null, null) => null,
        ({ } email, null) => $"{Name} has its invoices sent to {email}.",
        (null, { } orders) => $"Purchase orders of {Name}: {orders}",
        ({ } email, { } orders) => $"{Name} has its invoices sent to {email}. Purchase orders: {orders}",
    };

    public static Task<InvoicingOf?> FindAsync(TrainingHubDb db, Guid? organisation, CancellationToken ct) => db.Organisations
        .Where(one => one.Id == organisation)
        .Select(one => new InvoicingOf(one.Name, one.InvoiceAddress, one.InvoiceEmail, one.PurchaseOrderNote))
        .FirstOrDefaultAsync(ct);

    /// <summary>The same by a name as it is typed; a merged one stands for the one that stayed.</summary>
    public static async Task<InvoicingOf?> FindAsync(TrainingHubDb db, string? name, CancellationToken ct)
    {
        if (name is null)
        {
            return null;
        }

        var key = Organisation.KeyOf(name);
        return await FindAsync(db, await db.Organisations.Where(one => one.NameKey == key).Select(one => (Guid?)(one.MergedIntoId ?? one.Id)).FirstOrDefaultAsync(ct), ct);
    }
}

using System.Numerics;

namespace TrainingHub.Payments;

/// <summary>Which of a payer's open invoices one sum pays together.</summary>
internal static class InvoicesOfSum
{
    private const int Most = 12;

    /// <summary>At least two, in the order of their numbers; null when no group comes to the sum, or more than one does, or there are more than twelve to try.</summary>
    /// <param name="pence">More than nought.</param>
    public static IReadOnlyList<PayableInvoice>? Find(IReadOnlyList<PayableInvoice> invoices, int pence)
    {
        if (invoices.Count is < 2 or > Most)
        {
            return null;
        }

        var found = 0u;
        for (var group = 3u; group < 1u << invoices.Count; group++)
        {
            if (BitOperations.PopCount(group) < 2 || SumOf(invoices, group) != pence)
            {
                continue;
            }

            if (found != 0)
            {
                return null;
            }

            found = group;
        }

        return found == 0 ? null : [.. invoices.Where((_, place) => (found >> place & 1) == 1).OrderBy(invoice => invoice.Number)];
    }

    private static long SumOf(IReadOnlyList<PayableInvoice> invoices, uint group)
    {
        var sum = 0L;
        for (var place = 0; place < invoices.Count; place++)
        {
            sum += (group >> place & 1) == 1 ? invoices[place].OpenPence : 0;
        }

        return sum;
    }
}

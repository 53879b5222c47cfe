using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Catalogue;
using TrainingHub.Platform;

namespace TrainingHub.Payments;

/// <summary>
/// Brings the documents of one booking to what it is charged, a place at a time: what is charged and was not billed is an invoice, what
/// was billed and is charged no longer is a credit note for the newest invoices of that place. One transaction under the booking's lock,
/// so whoever runs this twice, or at the same time, finds nothing left to do. A swapped name changes no charge, and so no document.
/// </summary>
internal sealed class BillBooking(TrainingHubDb db, WriteDocuments write, WriteOffInvoice writeOffs, TimeProvider clock)
{
    private sealed record Gap(BilledPlace Billed, Place Place, string What, PlaceCharge? Charge)
    {
        public string InvoiceWords => Charge is { } charge && Billed.ChargePence > 0 ? $"{ChargeWords.Kind(charge.Kind)}: {What}"
            : Billed.BilledPence > 0 ? $"Change of price: {What}"
            : What;

        public string CreditWords => !Place.IsLive ? $"Cancelled: {What}"
            : Place.PricePence == 0 ? $"Charge taken back: {What}"
            : $"Change of price: {What}";
    }

    /// <returns>False when there was nothing to issue.</returns>
    public async Task<bool> RunAsync(Guid bookingId, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        db.ChangeTracker.Clear();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await BookingLock.TakeAsync(db, bookingId, ct) is not { } locked)
        {
            return false;
        }

        await db.BookingsToBill.Where(one => one.BookingId == bookingId).ExecuteDeleteAsync(ct);
        var gaps = await GapsAsync(locked, ct);
        var issued = await write.BillToAsync(locked.Booking, ct) is { } to && gaps.Count > 0;
        if (issued)
        {
            await InvoiceAsync(locked, [.. gaps.Where(gap => gap.Billed.GapPence > 0)], now, ct);
            await CreditAsync(locked, [.. gaps.Where(gap => gap.Billed.GapPence < 0)], now, ct);
            await db.SaveChangesAsync(ct);
        }

        await transaction.CommitAsync(ct);
        return issued;
    }

    private async Task<IReadOnlyList<Gap>> GapsAsync(LockedBooking locked, CancellationToken ct)
    {
        if (locked.Booking.State is BookingState.Held or BookingState.Expired)
        {
            return [];
        }

        var billed = await db.BilledPlaces.AsNoTracking()
            .Where(place => place.BookingId == locked.Booking.Id && place.ChargedPence != place.BilledPence)
            .ToDictionaryAsync(place => place.PlaceId, ct);
        if (billed.Count == 0)
        {
            return [];
        }

        var runs = (await BookingSummaries.RunsAsync(db, billed.Values.Select(place => place.RunId), ct)).ToDictionary(run => run.Id);
        var charges = await db.PlaceCharges.AsNoTracking()
            .Where(charge => charge.BookingId == locked.Booking.Id && charge.State == ChargeState.Raised)
            .ToDictionaryAsync(charge => charge.PlaceId, ct);
        return [.. locked.Places.Where(place => billed.ContainsKey(place.Id)).Select(place => new Gap(
            billed[place.Id], place, What(runs[place.RunId]), charges.GetValueOrDefault(place.Id)))];
    }

    private static string What(DateLine run) => $"{run.Course}, {London.Words(run.RunsOn)}";

    private async Task InvoiceAsync(LockedBooking locked, IReadOnlyList<Gap> gaps, DateTimeOffset now, CancellationToken ct)
    {
        if (gaps.Count == 0 || await write.BillToAsync(locked.Booking, ct) is not { } to)
        {
            return;
        }

        var lines = gaps.Select(gap => new NewLine(gap.Place.Id, gap.InvoiceWords, gap.Place.DelegateName, gap.Billed.GapPence)).ToList();
        var invoice = await write.InvoiceAsync(locked.Booking, to, lines, now, ct);
        var summary = await BookingSummaries.ReadAsync(db, locked.Booking, [.. gaps.Select(gap => gap.Place)], ct);
        write.Tell(invoice, invoice.Email, await OpenAsync(invoice, ct), summary, now);
    }

    private async Task CreditAsync(LockedBooking locked, IReadOnlyList<Gap> gaps, DateTimeOffset now, CancellationToken ct)
    {
        var credits = new Dictionary<Guid, List<NewCredit>>();
        foreach (var gap in gaps)
        {
            await TakeOffAsync(gap, credits, ct);
        }

        var summary = await BookingSummaries.ReadAsync(db, locked.Booking, locked.Places, ct);
        foreach (var invoice in await db.Invoices.AsNoTracking().Where(one => credits.Keys.Contains(one.Id)).OrderBy(one => one.Number).ToListAsync(ct))
        {
            var credit = await write.CreditAsync(invoice, CreditReason.ChargedLess, credits[invoice.Id], now, ct);
            await writeOffs.FollowCreditAsync(invoice, now, ct);
            // To whoever looks after it now; the address on the document stays the one of the invoice.
            write.Tell(credit, invoice, locked.Booking.InvoiceEmail ?? invoice.Email, await OpenAsync(invoice, ct), summary, now);
        }
    }

    private Task<int> OpenAsync(Invoice invoice, CancellationToken ct) =>
        db.InvoiceMoney.Where(money => money.BookingId == invoice.BookingId && money.InvoiceId == invoice.Id).Select(money => money.OpenPence).SingleAsync(ct);

    /// <summary>Off the newest invoices of the place first, each as far as it still asks for something.</summary>
    private async Task TakeOffAsync(Gap gap, Dictionary<Guid, List<NewCredit>> credits, CancellationToken ct)
    {
        var left = -gap.Billed.GapPence;
        var lines = await (
            from money in db.InvoiceLineMoney
            where money.BookingId == gap.Place.BookingId && money.PlaceId == gap.Place.Id && money.AmountPence > money.CreditedPence
            join invoice in db.Invoices on money.InvoiceId equals invoice.Id
            orderby invoice.Number descending
            select new { money.LineId, money.InvoiceId, Pence = money.AmountPence - money.CreditedPence }).ToListAsync(ct);
        foreach (var line in lines)
        {
            var taken = Math.Min(left, line.Pence);
            if (taken > 0)
            {
                if (!credits.TryGetValue(line.InvoiceId, out var of))
                {
                    credits[line.InvoiceId] = of = [];
                }

                of.Add(new(line.LineId, gap.CreditWords, taken));
                left -= taken;
            }
        }
    }
}

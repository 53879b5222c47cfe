using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Payments;
using TrainingHub.Platform;

namespace TrainingHub.Tests;

internal sealed partial class Given
{
    /// <summary>A card payment that came in for one place, with its line in the ledger.</summary>
    public async Task<Payment> PaidAsync(Place place, int pence, DateTimeOffset at)
    {
        var (payment, entries) = NewPaid([place], pence, at);
        await AddAsync([payment, .. entries]);
        return payment;
    }

    /// <summary>A payment that came in for the places of one booking, the same for each, and its lines in the ledger.</summary>
    public static (Payment Payment, IReadOnlyList<LedgerEntry> Entries) NewPaid(
        IReadOnlyCollection<Place> places, int penceEach, DateTimeOffset at, PaymentProvider provider = PaymentProvider.Stripe)
    {
        var payment = new Payment
        {
            Id = Guid.CreateVersion7(),
            BookingId = places.First().BookingId,
            Provider = provider,
            Attempt = 1,
            AmountPence = penceEach * places.Count,
            CreatedAt = at,
        };
        payment.Receive(payment.AmountPence, "gbp", paymentIntentId: null, at);
        return (payment, [.. places.Select(place => new LedgerEntry
        {
            Id = Guid.CreateVersion7(),
            BookingId = place.BookingId,
            PlaceId = place.Id,
            Kind = LedgerKind.Payment,
            AmountPence = penceEach,
            PaymentId = payment.Id,
            At = at,
        })]);
    }

    /// <summary>An invoice with a line for each place that costs something; over another sum than they cost, one over all.</summary>
    public async Task<Invoice> InvoiceAsync(Guid booking, int number, int pence, DateOnly issuedOn)
    {
        await using var db = Db();
        var places = await db.Places.AsNoTracking().Where(place => place.BookingId == booking).OrderBy(place => place.Id).ToListAsync(ct);
        var invoice = NewInvoice(booking, number, pence, issuedOn);
        var costly = places.Where(place => place.PricePence > 0).ToList();
        await AddAsync([invoice, .. costly.Sum(place => place.PricePence) == pence
            ? costly.Select(place => NewLine(invoice, place.Id, place.DelegateName, place.PricePence))
            : [NewLine(invoice, places[0].Id, null, pence)]]);
        return invoice;
    }

    public static InvoiceLine NewLine(Invoice invoice, Guid place, string? name, int pence) => new()
    {
        Id = Guid.CreateVersion7(),
        InvoiceId = invoice.Id,
        PlaceId = place,
        Description = "Course, 1 June 2026",
        DelegateName = name,
        AmountPence = pence,
    };

    /// <summary>With a number that no job has given.</summary>
    public static Invoice NewInvoice(Guid booking, int number, int pence, DateOnly issuedOn) => new()
    {
        Id = Guid.CreateVersion7(),
        BookingId = booking,
        Number = number,
        AmountPence = pence,
        IssuedOn = issuedOn,
        DueOn = issuedOn.AddDays(Invoice.TermDays),
        Email = "finance@school.example",
        BillingName = "Hill School",
        CreatedAt = London.Instant(issuedOn, Morning),
    };

    /// <summary>A credit note over a whole line of an invoice, of the day after it.</summary>
    public static object[] NewCredit(Invoice invoice, InvoiceLine line, int number)
    {
        var note = new CreditNote
        {
            Id = Guid.CreateVersion7(),
            InvoiceId = invoice.Id,
            Number = number,
            AmountPence = line.AmountPence,
            Reason = CreditReason.ChargedLess,
            IssuedOn = invoice.IssuedOn.AddDays(1),
            Email = invoice.Email,
            CreatedAt = invoice.CreatedAt.AddDays(1),
        };
        return [note, new CreditNoteLine { CreditNoteId = note.Id, InvoiceLineId = line.Id, Description = "Cancelled", AmountPence = line.AmountPence }];
    }

    /// <summary>A part of an invoice that was written off by a member of staff, with its line in the ledger.</summary>
    public async Task WriteOffAsync(Invoice invoice, Place place, int pence)
    {
        var one = new WriteOff
        {
            Id = Guid.CreateVersion7(),
            InvoiceId = invoice.Id,
            AmountPence = pence,
            Reason = "Closed",
            CreatedAt = Now,
            CreatedById = await StaffAsync(),
        };
        await AddAsync(one, new LedgerEntry
        {
            Id = Guid.CreateVersion7(),
            BookingId = place.BookingId,
            PlaceId = place.Id,
            Kind = LedgerKind.WriteOff,
            AmountPence = pence,
            WriteOffId = one.Id,
            InvoiceId = invoice.Id,
            At = Now,
        });
    }

    /// <summary>A dispute by which the bank has taken a part of a payment, with its line in the ledger.</summary>
    public async Task DisputedAsync(Payment payment, Place place, int pence)
    {
        var seen = new StripeDispute($"dp_{Guid.NewGuid():N}", DisputeState.Open, TakesMoney: true, pence, "gbp", "general", PaymentIntent: null, DueBy: null);
        var dispute = Dispute.Of(payment, seen, Now);
        dispute.Follow(seen, Now);
        await AddAsync(dispute, new LedgerEntry
        {
            Id = Guid.CreateVersion7(),
            BookingId = place.BookingId,
            PlaceId = place.Id,
            Kind = LedgerKind.Disputed,
            AmountPence = pence,
            DisputeId = dispute.Id,
            At = Now,
        });
    }

    /// <summary>A refund of what was paid for one place: the ledger does not know of it.</summary>
    public async Task<Refund> RefundAsync(Payment payment, Place place, int pence, DateTimeOffset at, RefundState state = RefundState.Due)
    {
        var refund = Refund.Due(payment, pence, RefundReason.BookingCancelled, requestedById: null, at);
        refund.Move(state, error: null, at);
        await AddAsync(refund, new RefundShare { RefundId = refund.Id, PlaceId = place.Id, AmountPence = pence });
        return refund;
    }

    /// <summary>A part of a payment that went back, with its line in the ledger.</summary>
    public async Task RefundedAsync(Payment payment, Place place, int pence, DateTimeOffset at)
    {
        var refund = await RefundAsync(payment, place, pence, at, RefundState.Succeeded);
        await AddAsync(new LedgerEntry
        {
            Id = Guid.CreateVersion7(),
            BookingId = place.BookingId,
            PlaceId = place.Id,
            Kind = LedgerKind.Refund,
            AmountPence = pence,
            RefundId = refund.Id,
            At = at,
        });
    }

    /// <summary>What a comparison with Stripe has found of a payment that is not recorded here.</summary>
    public async Task<MoneyDifference> DifferenceAsync(string stripeId, MoneySum? ours, MoneySum? theirs)
    {
        var one = new MoneyDifference
        {
            Id = Guid.CreateVersion7(),
            Kind = DifferenceKind.Payment,
            StripeId = stripeId,
            OurAmount = ours?.Amount,
            OurCurrency = ours?.Currency,
            TheirAmount = theirs?.Amount,
            TheirCurrency = theirs?.Currency,
            FoundAt = Now,
        };
        await AddAsync(one);
        return one;
    }

    /// <summary>Money that came into the bank account and waits for a person. Somebody of the staff brought its file.</summary>
    public async Task<BankLine> BankLineAsync(string text, int pence, DateOnly paidOn)
    {
        await using var db = Db();
        var by = await db.Users.Select(user => user.Id).FirstAsync();
        var line = new CreditLine(1, paidOn, pence, text, text, "", null);
        var file = BankFile.Of(new BankStatement(BankFormat.Hsbc, [line], 0, 0, []), [], [], "april.csv", new Actor(by, ""), London.Instant(paidOn, Morning));
        file.Agree(1, file.UploadedAt);
        file.FinishBooking(file.UploadedAt);
        var came = new BankLine
        {
            Id = Guid.CreateVersion7(),
            FileId = file.Id,
            RowNumber = 1,
            Key = BankLineKeys.Of([line])[0],
            PaidOn = paidOn,
            AmountPence = pence,
            Payer = text,
            Text = text,
        };
        await AddAsync(file, came);
        return came;
    }

    /// <summary>Of every so many invoices the first line is credited, on the day after. For a year of them: the ledger is left as it was.</summary>
    public async Task CreditEachAsync(int every)
    {
        await using var credit = database.CreateCommand(
            """
            with credited as (
                select gen_random_uuid() as id, row_number() over (order by invoice.number) as number, invoice.id as invoice_id, line.id as line_id,
                    line.amount_pence, invoice.issued_on + 1 as issued_on, invoice.email
                from invoices invoice
                cross join lateral (select * from invoice_lines where invoice_id = invoice.id order by id limit 1) line
                where invoice.number % $1 = 0
            ), notes as (
                insert into credit_notes (id, invoice_id, number, amount_pence, reason, issued_on, email, created_at)
                select id, invoice_id, 1000000 + number, amount_pence, 'ChargedLess', issued_on, email, now()
                from credited
            )
            insert into credit_note_lines (credit_note_id, invoice_line_id, description, amount_pence)
            select id, line_id, 'Cancelled', amount_pence
            from credited
            """);
        credit.Parameters.AddWithValue(every);
        credit.CommandTimeout = 600;
        await credit.ExecuteNonQueryAsync(ct);
    }
}

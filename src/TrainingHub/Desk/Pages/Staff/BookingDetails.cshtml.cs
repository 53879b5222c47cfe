using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Catalogue;
using TrainingHub.Payments;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Web;

namespace TrainingHub.Desk.Pages.Staff;

/// <summary>An order to which people were added, or of people who were added to this one.</summary>
internal sealed record LinkedOrder(string Reference, bool IsFirst);

/// <summary>
/// One booking with its money, emails, notes and attendance, which is why it is in this room, and everything that staff do about it:
/// by a link to the page of the act, or here by a button.
/// </summary>
[ForStaff(StaffRight.ReadBookings, Act = [StaffRight.RunBookings, StaffRight.HandleMoney])]
internal sealed class BookingDetailsModel(
    TrainingHubDb db, KeepNotes notes, SendAgain again, SendMoneyAgain moneyAgain, PayBackByHand payBack,
    TimeProvider clock) : PageModel
{
    [BindProperty]
    [Display(Name = "Add a note", Description = "For staff alone. No details of a child."), StringLength(BookingNote.TextLength)]
    public string? NoteText { get; set; }

    /// <summary>Of this showing of the page: a second click on one of its buttons does nothing more.</summary>
    [BindProperty]
    public Guid Key { get; set; }

    public Booking Booking { get; private set; } = null!;
    public string Sector { get; private set; } = "";
    public string Area { get; private set; } = "";
    public IReadOnlyList<PlaceRow> Places { get; private set; } = [];
    public BookingMoneyLines MoneyLines { get; private set; } = null!;
    public BookingEmailLines Emails { get; private set; } = null!;

    /// <summary>Addresses in it that mail servers do not know, by their keys.</summary>
    public IReadOnlySet<string> NoMailbox { get; private set; } = new HashSet<string>();
    public IReadOnlyList<BookingNote> Notes { get; private set; } = [];
    public IReadOnlyList<HistoryEntry> History { get; private set; } = [];

    public DateTimeOffset Now { get; private set; }
    public IReadOnlyList<LinkedOrder> Linked { get; private set; } = [];

    /// <summary>Whether people can be added: it has a place on a date that is still to come.</summary>
    public bool CanAdd { get; private set; }

    public IEnumerable<string> PriceRules => Places.Select(place => place.PriceRule).Distinct();

    /// <summary>A place that is booked on a date that has begun; the last one.</summary>
    public PlaceRow? Begun => Places.LastOrDefault(place => place.IsLive && place.StartsAt <= Now);

    public bool CanCancel => Places.Any(place => place.IsLive && Now < place.StartsAt);

    public bool CanTakeOver { get; private set; }

    /// <summary>What staff took beyond the price of what is booked.</summary>
    public Money ToPayBack { get; private set; }

    public async Task<IActionResult> OnGetAsync(string reference, CancellationToken ct) =>
        await FindAsync(reference, ct) ? await ShowAsync(ct) : NotFound();

    [Needs(StaffRight.RunBookings)]

    public async Task<IActionResult> OnPostNoteAsync(string reference, CancellationToken ct)
    {
        if (!await FindAsync(reference, ct))
        {
            return NotFound();
        }

        if (string.IsNullOrWhiteSpace(NoteText))
        {
            ModelState.AddModelError(nameof(NoteText), "Enter the note");
        }

        if (!ModelState.IsValid)
        {
            return await ShowAsync(ct);
        }

        await notes.AddAsync(Booking.Id, Key, NoteText!.Trim(), User.Actor(), ct);
        return Done("The note is added.");
    }

    [Needs(StaffRight.RunBookings)]

    public async Task<IActionResult> OnPostRemoveNoteAsync(string reference, Guid note, CancellationToken ct)
    {
        if (!await FindAsync(reference, ct))
        {
            return NotFound();
        }

        await notes.RemoveAsync(Booking.Id, note, User.Actor(), ct);
        return Done("The note is removed.");
    }

    [Needs(StaffRight.RunBookings)]

    public Task<IActionResult> OnPostSendBookerAsync(string reference, CancellationToken ct) =>
        SendAsync(reference, key => again.ToBookerAsync(Booking.Id, key, User.Actor(), ct), ct);

    [Needs(StaffRight.RunBookings)]

    public Task<IActionResult> OnPostSendDelegateAsync(string reference, Guid place, CancellationToken ct) =>
        SendAsync(reference, key => again.ToDelegateAsync(Booking.Id, place, key, User.Actor(), ct), ct);

    [Needs(StaffRight.RunBookings)]

    public Task<IActionResult> OnPostSendLinkAsync(string reference, Guid place, CancellationToken ct) =>
        SendAsync(reference, key => again.JoiningLinkAsync(Booking.Id, place, key, User.Actor(), ct), ct);

    public Task<IActionResult> OnPostSendInvoiceAsync(string reference, CancellationToken ct) =>
        SendAsync(reference, key => moneyAgain.InvoiceAsync(Booking.Id, key, User.Actor(), ct), ct);

    public Task<IActionResult> OnPostSendReceiptAsync(string reference, CancellationToken ct) =>
        SendAsync(reference, key => moneyAgain.ReceiptAsync(Booking.Id, key, User.Actor(), ct), ct);

    [Needs(StaffRight.HandleMoney), StepUp]
    public async Task<IActionResult> OnPostPaidBackAsync(string reference, int pence, CancellationToken ct)
    {
        if (!await FindAsync(reference, ct))
        {
            return NotFound();
        }

        return Done(await payBack.RunAsync(Booking.Id, pence, User.Actor(), ct)
            ? $"{new Money(pence)} is recorded as paid back."
            : "Nothing was recorded: it is another sum by now. Look at it again.");
    }

    private async Task<IActionResult> SendAsync(string reference, Func<Guid, Task<bool>> send, CancellationToken ct)
    {
        if (!await FindAsync(reference, ct))
        {
            return NotFound();
        }

        return Done(await send(Key) ? "The email is on its way, with fresh links." : "Nothing was sent: there is nothing of that kind to send any more.");
    }

    private RedirectResult Done(string notice)
    {
        TempData["Success"] = notice;
        return Redirect(BookingUrls.StaffBooking(Booking.Reference));
    }

    private async Task<bool> FindAsync(string reference, CancellationToken ct)
    {
        var wanted = Reference.Normalise(reference);
        if (await db.Bookings.AsNoTracking().FirstOrDefaultAsync(booking => booking.Reference == wanted, ct) is not { } found)
        {
            return false;
        }

        (Booking, Now) = (found, clock.GetUtcNow());
        return true;
    }

    public bool HasNoMailbox(string address) => NoMailbox.Contains(EmailAddress.KeyOf(address));

    private async Task<IActionResult> ShowAsync(CancellationToken ct)
    {
        Sector = await db.Sectors.Where(sector => sector.Id == Booking.SectorId).Select(sector => sector.Name).SingleAsync(ct);
        Area = await db.Areas.Where(area => area.Id == Booking.AreaId).Select(area => area.Name).SingleAsync(ct);
        Places = await PlaceRow.ReadAsync(db, Booking.Id, ct);
        MoneyLines = await BookingMoneyLines.ReadAsync(db, Booking.Id, ct);
        Emails = await BookingEmailLines.ReadAsync(db, Booking, Places, MoneyLines, Now, ct);
        NoMailbox = await UndeliverableAddress.AmongAsync(db, [Booking.BookerEmail, Booking.InvoiceEmail, .. Places.Select(place => place.Email)], ct);
        Notes = await db.BookingNotes.AsNoTracking().Where(note => note.BookingId == Booking.Id).OrderByDescending(note => note.CreatedAt).ToListAsync(ct);
        History = await HistoryEntry.AboutAsync(db, [Booking.Id, .. MoneyLines.Payments.Select(payment => payment.Id)], ct);
        ToPayBack = new((await PayBackByHand.LeftAsync(db, Booking.Id, ct)).Sum(place => place.Pence));
        Linked = await db.Bookings.Where(other => other.Id == Booking.AddedToId || other.AddedToId == Booking.Id)
            .OrderBy(other => other.CreatedAt).Select(other => new LinkedOrder(other.Reference, other.Id == Booking.AddedToId)).ToListAsync(ct);
        CanAdd = await DateLines.Coming(db, Now).AnyAsync(run => db.LivePlaces.Any(place => place.BookingId == Booking.Id && place.RunId == run.Id), ct);
        CanTakeOver = TakeOver.IsPossible(Booking, Now) && (!Booking.IsInvoiced || MoneyLines.Invoices.Any(invoice => !invoice.IsSettled));
        Key = Guid.CreateVersion7(Now);
        ModelState.Remove(nameof(Key));
        return Page();
    }
}

using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.Bookings;
using TrainingHub.Catalogue;
using TrainingHub.People;
using TrainingHub.Platform;

namespace TrainingHub.Desk.Pages.Staff;

/// <summary>What the two pages have in common on which staff book: for somebody on a date, and for people added to an order.</summary>
internal abstract class BookForPage(TrainingHubDb db, TimeProvider clock, IOptions<CardPaymentOptions> cards) : PageModel
{
    private const string Add = "add";
    private const string Book = "book";

    [BindProperty]
    public BookForForm Form { get; set; } = new();

    /// <summary>Those that can be booked here, in their order; at least one.</summary>
    public IReadOnlyList<DateLine> Offered { get; protected set; } = [];

    /// <summary>Of what the search found; null when nothing was searched for.</summary>
    public FoundCallers? Found { get; private set; }

    /// <summary>What who books pays for a place on each date, as soon as it is said where they work.</summary>
    public IReadOnlyDictionary<Guid, Price> Theirs { get; private set; } = new Dictionary<Guid, Price>();

    /// <summary>What all dates cost one person together, by the price of a programme as a whole; empty when that is what they cost by themselves.</summary>
    public IReadOnlyList<string> Together { get; private set; } = [];

    /// <summary>What is known of the invoices of the organisation that the form names; null when nothing is.</summary>
    public InvoicingOf? Invoicing { get; private set; }
    public IReadOnlyList<SelectListItem> Sectors { get; private set; } = [];
    public IReadOnlyList<SelectListItem> Areas { get; private set; } = [];
    public DateTimeOffset Now { get; } = clock.GetUtcNow();

    /// <summary>Why nobody can be booked here; null when somebody can.</summary>
    public string? WhyNot { get; protected set; }

    /// <summary>Whether those who are booked have come without a booking.</summary>
    public virtual bool IsWalkIn => false;

    public bool AreCardsOffered => cards.Value.AreOffered && !IsWalkIn;

    /// <summary>Those on which they are to come.</summary>
    public IReadOnlyList<DateLine> Chosen => Offered.Count == 1 ? Offered : [.. Offered.Where(date => Form.Dates.Contains(date.Id))];

    /// <summary>Those that have fewer places than people are named, also because others wait for them.</summary>
    public IEnumerable<DateLine> Tight => Chosen.Where(date => date.PlacesLeft - WaitedFor(date) < Form.People.Count);

    /// <summary>Free places that the waiting list is owed.</summary>
    public int WaitedFor(DateLine date) => Now < date.ClosesAt ? Math.Min(date.PlacesLeft, date.PlacesWaitedFor) : 0;

    public bool MayCost => Offered.SelectMany(date => date.EachPrice).Any(price => !price.IsFree);

    public DateTimeOffset HoldUntil => BookForSomebody.HoldUntil(Now, (Chosen.Count > 0 ? Chosen : Offered)[0].StartsAt);

    public static string? Name(IReadOnlyList<SelectListItem> of, Guid? id) => of.FirstOrDefault(item => item.Value == $"{id}")?.Text;

    /// <summary>The courses to take before about which people are asked.</summary>
    public IReadOnlyList<Prerequisite> Asked => [.. Offered.Select(date => date.Prerequisite).OfType<Prerequisite>().DistinctBy(asked => asked.CourseId)];

    protected async Task ReadListsAsync(CancellationToken ct)
    {
        Sectors = await db.Sectors.OrderBy(sector => sector.SortOrder).ThenBy(sector => sector.Name).Select(sector => new SelectListItem(sector.Name, $"{sector.Id}")).ToListAsync(ct);
        Areas = await db.Areas.OrderBy(area => area.SortOrder).ThenBy(area => area.Name).Select(area => new SelectListItem(area.LongName, $"{area.Id}")).ToListAsync(ct);
    }

    /// <summary>The form as it is first shown.</summary>
    protected Task<PageResult> BeginAsync(CancellationToken ct)
    {
        Form.BookingId = Guid.CreateVersion7(Now);
        Form.KeepBounds();
        return ShowAsync(ct);
    }

    protected async Task<PageResult> ShowAsync(CancellationToken ct)
    {
        var dates = Offered;
        if (Form is { SectorId: { } sector, AreaId: { } area })
        {
            dates = await BookingSummaries.RunsForAsync(db, sector, area, Offered.Select(date => date.Id), ct);
            Theirs = dates.Where(date => date.Price is not null).ToDictionary(date => date.Id, date => date.Price!);
        }

        var all = OrderPrices.Of([.. dates.Where(date => date.Price is not null).Select(date => new PlaceToPrice(date, Form))], await WholePrices.ReadAsync(db, dates.Select(date => date.Id), ct));
        Together = [.. all.Where(price => price.AlonePence is not null).Select(price => price.Rule).Distinct()];
        Invoicing = await InvoicingOf.FindAsync(db, Form.Organisation, ct);
        return Page();
    }

    /// <summary>Does what a button says that books nothing.</summary>
    /// <returns>False when it books.</returns>
    protected async Task<bool> ActAsync(string? action, CancellationToken ct)
    {
        var isSearch = action == "find" || (action is null or "" && Form.Find is not null);
        if (action is Book || (action is null or "" && !isSearch))
        {
            Form.KeepBounds();
            Form.DropEmptyEnd();
            // Else Enter would search again.
            (Form.Find, _) = (null, ModelState.Remove("Form.Find"));
            return false;
        }

        var typed = Form.Find;
        // Nothing has to be complete yet, and lines have moved.
        ModelState.Clear();
        Form.KeepBounds();
        if (isSearch)
        {
            Found = typed is { Length: > 0 and <= 100 } ? await FoundCallers.FindAsync(db, typed, ct) : null;
            if (Found is null)
            {
                ModelState.AddModelError("Form.Find", "Enter part of a name, or an email address");
            }
        }
        else
        {
            Form.Find = null;
            await UseAsync(action ?? "", ct);
        }

        return true;
    }

    private async Task UseAsync(string action, CancellationToken ct)
    {
        var (verb, what) = action.Split('-', 2) is [var before, var after] ? (before, after) : (action, "");
        if (verb == Add && Form.People.Count < Booking.MaxDelegates)
        {
            Form.People.Add(new());
        }
        else if (verb == "remove" && int.TryParse(what, out var index) && index >= 0 && index < Form.People.Count && Form.People.Count > 1)
        {
            Form.People.RemoveAt(index);
        }
        else if (verb == "person" && Guid.TryParse(what, out var id) && await FoundCallers.PersonAsync(db, id, ct) is { } person)
        {
            await FillAsync(person, ct);
        }
        else if (verb is "organisation" or "booker" && Guid.TryParse(what, out id) && await FoundCallers.OrganisationAsync(db, id, ct) is { } organisation)
        {
            await ProposeInvoiceAsync(organisation.Id, ct);
            (Form.Organisation, Form.SectorId, Form.AreaId) = (organisation.Name, organisation.SectorId ?? organisation.Last?.SectorId, organisation.Last?.AreaId);
            (Form.BookerName, Form.BookerEmail) = verb == "booker" ? (organisation.Last?.BookerName, organisation.Last?.BookerEmail) : (Form.BookerName, Form.BookerEmail);
        }
    }

    /// <summary>In the field, where staff see it and may change it. What they typed stays; what was proposed for the organisation before gives way.</summary>
    private async Task ProposeInvoiceAsync(Guid? organisation, CancellationToken ct)
    {
        if (Form.InvoiceEmail is null || Form.InvoiceEmail == (await InvoicingOf.FindAsync(db, Form.Organisation, ct))?.Email)
        {
            Form.InvoiceEmail = (await InvoicingOf.FindAsync(db, organisation, ct))?.Email;
        }
    }

    /// <summary>Into the first line without an address. Where they work is asked once for all who come.</summary>
    private async Task FillAsync(Caller person, CancellationToken ct)
    {
        var line = Form.People.Find(one => one.Email is null);
        if (line is null && Form.People.Count < Booking.MaxDelegates)
        {
            Form.People.Add(line = new());
        }

        if (line is not null)
        {
            (line.Name, line.Email) = (person.Name, person.Email);
        }

        if (Form.Organisation is null && person.Last?.OrganisationId is { } known)
        {
            await ProposeInvoiceAsync(known, ct);
        }

        Form.Organisation ??= person.Last?.Organisation;
        Form.SectorId ??= person.Last?.SectorId;
        Form.AreaId ??= person.Last?.AreaId;
    }

    /// <summary>What was typed as the order that it asks for, at the prices of this moment; null when something is missing, which stands at its field.</summary>
    protected async Task<BookPlaceRequest?> RequestAsync(DateTimeOffset beginsAfter, Guid? addedTo, CancellationToken ct)
    {
        string[] ways = AreCardsOffered ? [BookForForm.Invoice, BookForForm.Card, BookForForm.Free] : [BookForForm.Invoice, BookForForm.Free];
        if (Chosen.Count == 0)
        {
            ModelState.AddModelError("Form.Dates", "Select the date");
        }

        Form.Check(this, MayCost, ways);
        if (!ModelState.IsValid)
        {
            return null;
        }

        var (sector, area) = (Form.SectorId ?? default, Form.AreaId ?? default);
        var priced = await BookingSummaries.RunsForAsync(db, sector, area, Chosen.Select(date => date.Id), ct);
        var isFree = priced.All(date => date.Price?.IsFree == true);
        var method = isFree ? PaymentMethod.Free : Enum.Parse<PaymentMethod>(Form.By!);
        var request = new BookPlaceRequest(
            Form.BookingId,
            [.. priced.Select(date => new DateRequest(date.Id, date.Price?.Each.Pence ?? 0, [.. Form.People.Select(person => person.To(date))], Form.OverBecause is not null && Form.Most.TryGetValue(date.Id, out var most) ? most : null))],
            Form.BookerName ?? Form.People[0].Name!,
            Form.BookerAddress!,
            Form.Organisation,
            sector,
            area,
            method,
            method == PaymentMethod.Invoice ? Form.PurchaseOrder : null,
            method == PaymentMethod.Invoice ? Form.InvoiceEmail ?? Form.BookerAddress : null,
            Staff: new(beginsAfter, HoldUntil, method == PaymentMethod.Free && !isFree ? Form.FreeBecause : null, Form.OverBecause, addedTo, Form.WithoutBecause));
        if (priced.Any(date => date.Price is null))
        {
            return request;
        }

        var prices = OrderPrices.Of(request, priced.ToDictionary(date => date.Id), await WholePrices.ReadAsync(db, request.RunIds, ct));
        return request with { TotalPence = prices.Values.Sum(date => date.Sum(price => price.Each.Pence)) };
    }

    /// <summary>Says at its field why it was refused.</summary>
    protected async Task RefuseAsync(BookPlaceOutcome refused, CancellationToken ct)
    {
        var ids = Offered.Select(date => date.Id).ToList();
        Offered = await DateLines.Of(db, db.CourseRuns.Where(run => ids.Contains(run.Id))).OrderBy(date => date.StartsAt).ToListAsync(ct);
        var date = Offered.FirstOrDefault(one => one.Id == refused.RunId) ?? Offered[0];
        switch (refused.Result)
        {
            case BookPlaceResult.Full:
                ModelState.AddModelError("Form.OverBecause", FullWords(date));
                return;
            case BookPlaceResult.DelegateAlreadyOnDate:
                await SayTakenAsync(refused.Taken ?? [], date, ct);
                return;
            case BookPlaceResult.RunClosed:
                ModelState.AddModelError("", $"{date.Course}, {date.When}, can no longer be booked: it was cancelled, or has no fee");
                return;
            case BookPlaceResult.PriceChanged:
                ModelState.AddModelError("", "The price has changed this very moment. Look at it, then book again");
                return;
            case BookPlaceResult.PrerequisiteMissing:
                ModelState.AddModelError("Form.WithoutBecause", $"{date.Prerequisite?.Course} is required for {date.Course}. If somebody may come without it, say why");
                return;
            case BookPlaceResult.Booked or BookPlaceResult.AlreadyBooked or BookPlaceResult.TooManyUnpaid or BookPlaceResult.AwardUsedUp:
                throw new InvalidOperationException($"Staff were refused: {refused.Result}.");
            default:
                throw new InvalidOperationException($"{refused.Result}");
        }
    }

    private string FullWords(DateLine date)
    {
        if (WaitedFor(date) > 0)
        {
            return $"People wait for this date, and {(WaitedFor(date) == 1 ? "the free place is" : $"{WaitedFor(date)} free places are")} theirs. To book before them, say why";
        }

        var taken = date.PlacesLeft switch
        {
            0 when date.Capacity == 1 => "The only place is taken",
            0 => $"All {date.Capacity} places are taken",
            1 => "Only 1 place is left",
            var left => $"Only {left} places are left",
        };
        return $"{taken}. To take {date.PlacesTaken + Form.People.Count} people instead of {date.Capacity}, say why";
    }

    private async Task SayTakenAsync(IReadOnlyList<TakenDelegate> taken, DateLine date, CancellationToken ct)
    {
        foreach (var one in taken)
        {
            var reference = await db.Bookings.Where(booking => booking.Id == one.BookingId).Select(booking => booking.Reference).SingleAsync(ct);
            ModelState.AddModelError($"Form.People[{one.Index}].Name", $"{Form.People[one.Index].Name} already has a place on {London.Words(date.RunsOn)}, in booking {reference}");
        }
    }

    /// <summary>What was done, for the next page, and which of them are to be elsewhere at the same time.</summary>
    protected async Task<string> DoneAsync(BookPlaceRequest request, BookedBooking booked, CancellationToken ct)
    {
        var people = request.Dates[0].Delegates.Count == 1 ? "1 person" : $"{request.Dates[0].Delegates.Count} people";
        var places = request.Dates.Sum(date => date.Delegates.Count);
        List<string> said = [booked.State == BookingState.Held
            ? $"{(places == 1 ? "1 place is" : $"{places} places are")} held until {London.Moment(request.Staff?.HoldUntil ?? HoldUntil)}. The link to pay by card goes to {request.BookerEmail}."
            : $"{people} booked. The confirmation goes to {request.BookerEmail}{(request.Method == PaymentMethod.Invoice ? $", the invoice to {request.InvoiceEmail}" : "")}."];
        foreach (var date in Chosen)
        {
            said.AddRange((await Clashes.FindAsync(db, date, request.Dates[0].Delegates.Select(one => one.Key), ct)).Select(clash => clash.Words));
        }

        return string.Join(" ", said);
    }
}

using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Catalogue;
using TrainingHub.FreePlaces;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings.Pages;

/// <summary>One booking, for whoever has its private link: what is booked, what happens next, and everything that can be changed.</summary>
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class ManageModel(OpenBooking bookings, PrivateAccess access, SignedInAddress signedIn, TrainingHubDb db, TimeProvider clock) : PageModel
{
    public Booking? Booking { get; private set; }

    /// <summary>In the order in which they begin, at least one.</summary>
    public IReadOnlyList<ManagedDate> Dates { get; private set; } = [];
    public IReadOnlyList<BookedPlace> Live { get; private set; } = [];

    /// <summary>By date, for those that are held in person.</summary>
    public IReadOnlyDictionary<Guid, VenueDetails> Venues { get; private set; } = new Dictionary<Guid, VenueDetails>();
    public FreePlaceApplication? Application { get; private set; }

    /// <summary>Dates that the partnership cancelled or moved, for whose places another can be chosen.</summary>
    public IReadOnlyList<OfferedChoice> Choices { get; private set; } = [];
    public string Price { get; private set; } = "";
    private IReadOnlyDictionary<Guid, Price> normal = new Dictionary<Guid, Price>();
    public DateOnly Today => London.DateOf(clock.GetUtcNow());

    /// <summary>The cancellation policy that the booking accepted, for its dates; empty once nothing can be cancelled.</summary>
    public IReadOnlyList<string> Policy { get; private set; } = [];

    /// <summary>The time to pay by card has run out, and nobody has said yet that no money comes.</summary>
    public bool IsHoldOver => Booking is { State: BookingState.Held, PaymentMethod: PaymentMethod.Card, HeldUntil: { } until } && until <= clock.GetUtcNow();

    /// <summary>What cancelling is called before anything is certain.</summary>
    public string GiveUp => Live.Count == 1 ? "Give the place up" : "Give the places up";

    /// <summary>The first date.</summary>
    public DateLine Run => Dates[0].Run;

    public bool IsOneDate => Dates.Count == 1;

    /// <summary>Places for which the booker can still say who comes.</summary>
    public bool CanName => Booking is { AwaitsCardPayment: false } && Dates.Any(date => date.CanName && date.Live.Any(place => place.AwaitsName));

    /// <summary>People can be added to some of its dates, by an order of their own.</summary>
    public bool CanAdd => Booking is { State: BookingState.Confirmed, BookerEmail: not null } && AddPeopleModel.Open(Dates, clock.GetUtcNow()).Any();

    /// <summary>Orders of people who were added to this one, and the one to which these were added.</summary>
    public IReadOnlyList<LinkedBooking> Linked { get; private set; } = [];

    /// <summary>Names and cancellations are closed once a course has begun.</summary>
    public bool CanChange => Dates.Any(date => date.CanChange);

    /// <summary>Places that are live and cannot be changed any more, beside others that can.</summary>
    public bool HasBegun => CanChange && Dates.Any(date => date.Live.Count > 0 && !date.CanChange);

    public async Task<PageResult> OnGetAsync(string reference, CancellationToken ct)
    {
        Booking = await bookings.FindAsync(HttpContext, reference, ct);
        if (Booking is null)
        {
            Response.StatusCode = StatusCodes.Status404NotFound;
            return Page();
        }

        var places = await bookings.PlacesAsync(Booking, ct);
        var (now, runs) = (clock.GetUtcNow(), await bookings.PricedRunsAsync(Booking, places, ct));
        Application = Booking.FreePlaceApplicationId is { } id ? await db.FreePlaceApplications.FindAsync([id], ct) : null;
        Live = [.. places.Where(place => place.IsLive)];
        normal = Application is null ? normal : await bookings.PricesAsync(Live.Count > 0 ? Live : places, runs, ct);
        Dates = [.. runs.Select(run => ManagedDate.Of(Booking, run, places, Application?.State, now) with { Normal = normal })];
        Venues = await VenueDetails.OfRunsAsync(db, [.. runs.Select(run => run.Id)], ct);
        Price = PriceOf(Live.Count > 0 ? Live : places);
        var offered = await ChooseDate.Offered(db, Booking.Id, now).Select(place => place.RunId).Distinct().ToListAsync(ct);
        var until = await db.CourseRuns.Where(run => offered.Contains(run.Id)).ToDictionaryAsync(run => run.Id, run => run.ChooseUntil, ct);
        Linked = await LinkedBooking.OfAsync(db, Booking, ct);
        Choices = [.. runs.Where(run => until.ContainsKey(run.Id)).Select(run => new OfferedChoice(run, until[run.Id]))];
        Policy = CanChange && Booking.State == BookingState.Confirmed ? await BookingPolicy.LinesAsync(db, Booking, now, ct) : [];
        return Page();
    }

    public bool IsOpen(Guid booking) => bookings.IsOpen(HttpContext, booking);

    /// <summary>For a computer that others use too. Nothing is changed but this browser, which is signed out too.</summary>
    public async Task<IActionResult> OnPostForgetAsync(string reference, CancellationToken ct)
    {
        access.Forget(HttpContext);
        await signedIn.EndAsync(HttpContext, ct);
        return Redirect(BookingUrls.Manage(reference));
    }

    private string PriceOf(IReadOnlyList<BookedPlace> places)
    {
        if (Booking is not { PaymentMethod: PaymentMethod.FreePlace } booking || Application is not { } application)
        {
            return BookingSummary.WordsOf([.. places.Select(place => place.PricePence)]);
        }

        return FreePlaceWords.Price(application.State, booking.State, ManagedDate.WordsOf(places, normal), "").Price;
    }
}

/// <param name="Run"></param>
/// <param name="Until">When the date is cancelled: how long another may be chosen. Null: the date has moved.</param>
internal sealed record OfferedChoice(DateLine Run, DateTimeOffset? Until);

/// <summary>One date of a booking with its places. FreePlace is the state of the application that is to pay for them, if one is.</summary>
internal sealed record ManagedDate(
    Booking Booking, DateLine Run, bool IsOnly, IReadOnlyList<BookedPlace> Live, IReadOnlyList<BookedPlace> Ended, bool CanChange, FreePlaceState? FreePlace, bool CanName)
{
    /// <summary>The booking goes on, and none of its places is on this date.</summary>
    public bool IsCancelledAlone => Live.Count == 0 && Booking.State is (BookingState.Held or BookingState.Confirmed);

    private IReadOnlyList<BookedPlace> Places => Live.Count > 0 ? Live : Ended;

    public string Price => FreePlacePrice?.Price ?? BookingSummary.WordsOf([.. Places.Select(place => place.PricePence)]);

    public string PriceRules => FreePlacePrice?.Note ?? string.Join(", ", Places.Select(place => place.PriceRule).Distinct());

    /// <summary>What places would cost without a free place, by place; one whose date has no price is not among them.</summary>
    public IReadOnlyDictionary<Guid, Price> Normal { get; init; } = new Dictionary<Guid, Price>();

    private (string Price, string Note)? FreePlacePrice => FreePlace is { } state && Booking.PaymentMethod == PaymentMethod.FreePlace
        ? FreePlaceWords.Price(
            state, Booking.State, WordsOf(Places, Normal),
            string.Join(", ", Places.Select(place => Normal.GetValueOrDefault(place.Id)?.Rule).OfType<string>().Distinct()))
        : null;

    /// <returns>Null when a date has no price.</returns>
    public static string? WordsOf(IReadOnlyList<BookedPlace> places, IReadOnlyDictionary<Guid, Price> normal) =>
        places.All(place => normal.ContainsKey(place.Id)) ? BookingSummary.WordsOf([.. places.Select(place => normal[place.Id].Each.Pence)]) : null;

    /// <param name="booking"></param>
    /// <param name="run"></param>
    /// <param name="places">All places of the booking.</param>
    /// <param name="freePlace"></param>
    /// <param name="now"></param>
    public static ManagedDate Of(Booking booking, DateLine run, List<BookedPlace> places, FreePlaceState? freePlace, DateTimeOffset now)
    {
        var here = places.Where(place => place.RunId == run.Id).ToLookup(place => place.IsLive);
        return new(booking, run, places.TrueForAll(place => place.RunId == run.Id), [.. here[true]], [.. here[false]], here[true].Any() && now < run.StartsAt, freePlace, NameLater.IsOpen(run.RunsOn, now));
    }
}

using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TrainingHub.Catalogue;
using TrainingHub.FreePlaces;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings.Pages;

/// <summary>One booking, for whoever has its private link: what is booked, what happens next, and everything that can be changed.</summary>
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class ManageModel(OpenBooking bookings, PrivateAccess access, TrainingHubDb db, TimeProvider clock) : PageModel
{
    public Booking? Booking { get; private set; }

    /// <summary>In the order in which they begin, at least one.</summary>
    public IReadOnlyList<ManagedDate> Dates { get; private set; } = [];
    public IReadOnlyList<BookedPlace> Live { get; private set; } = [];
    public FreePlaceApplication? Application { get; private set; }
    public string Price { get; private set; } = "";

    /// <summary>The first date.</summary>
    public DateLine Run => Dates[0].Run;

    public bool IsOneDate => Dates.Count == 1;

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
        var (now, runs) = (clock.GetUtcNow(), await bookings.RunsAsync(places, ct));
        Dates = [.. runs.Select(run => ManagedDate.Of(Booking, run, places, now))];
        Live = [.. places.Where(place => place.IsLive)];
        Price = BookingSummary.WordsOf([.. (Live.Count > 0 ? Live : places).Select(place => place.PricePence)]);
        Application = Booking.FreePlaceApplicationId is { } id ? await db.FreePlaceApplications.FindAsync([id], ct) : null;
        return Page();
    }

    /// <summary>For a computer that others use too. Nothing is changed but this browser.</summary>
    public IActionResult OnPostForget(string reference)
    {
        access.Forget(HttpContext);
        return Redirect(BookingUrls.Manage(reference));
    }
}

/// <summary>One date of a booking with its places.</summary>
internal sealed record ManagedDate(
    Booking Booking, DateLine Run, bool IsOnly, IReadOnlyList<BookedPlace> Live, IReadOnlyList<BookedPlace> Ended, bool CanChange)
{
    /// <summary>The booking goes on, and none of its places is on this date.</summary>
    public bool IsCancelledAlone => Live.Count == 0 && Booking.State is (BookingState.Held or BookingState.Confirmed);

    private IReadOnlyList<BookedPlace> Places => Live.Count > 0 ? Live : Ended;

    public string Price => BookingSummary.WordsOf([.. Places.Select(place => place.PricePence)]);

    public string PriceRules => string.Join(", ", Places.Select(place => place.PriceRule).Distinct());

    /// <param name="booking"></param>
    /// <param name="run"></param>
    /// <param name="places">All places of the booking.</param>
    /// <param name="now"></param>
    public static ManagedDate Of(Booking booking, DateLine run, List<BookedPlace> places, DateTimeOffset now)
    {
        var here = places.Where(place => place.RunId == run.Id).ToLookup(place => place.IsLive);
        return new(booking, run, places.TrueForAll(place => place.RunId == run.Id), [.. here[true]], [.. here[false]], here[true].Any() && now < run.StartsAt);
    }
}

using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TrainingHub.FreePlaces;

namespace TrainingHub.Bookings.Pages;

/// <summary>One booking, for whoever has its private link: what is booked, what happens next, and everything that can be changed.</summary>
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class ManageModel(OpenBooking bookings, TrainingHubDb db, TimeProvider clock) : PageModel
{
    public Booking? Booking { get; private set; }
    public BookableRun Run { get; private set; } = null!;
    public IReadOnlyList<BookedPlace> Live { get; private set; } = [];
    public IReadOnlyList<BookedPlace> Ended { get; private set; } = [];
    public FreePlaceApplication? Application { get; private set; }
    public string Price { get; private set; } = "";
    public string PriceRule { get; private set; } = "";

    /// <summary>Names and cancellations are closed once the course has begun.</summary>
    public bool CanChange { get; private set; }

    public async Task<PageResult> OnGetAsync(string reference, CancellationToken ct)
    {
        Booking = await bookings.FindAsync(HttpContext, reference, ct);
        if (Booking is null)
        {
            Response.StatusCode = StatusCodes.Status404NotFound;
            return Page();
        }

        var places = await bookings.PlacesAsync(Booking, ct);
        Run = await bookings.RunAsync(places, ct);
        Live = [.. places.Where(place => place.IsLive)];
        Ended = [.. places.Where(place => !place.IsLive)];
        Price = BookingSummary.WordsOf([.. (Live.Count > 0 ? Live : places).Select(place => place.PricePence)]);
        PriceRule = places[0].PriceRule;
        CanChange = Live.Count > 0 && clock.GetUtcNow() < Run.StartsAt;
        Application = Booking.FreePlaceApplicationId is { } id ? await db.FreePlaceApplications.FindAsync([id], ct) : null;
        return Page();
    }
}

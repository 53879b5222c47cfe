using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.Catalogue;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings.Pages;

/// <summary>Everything once more before it counts. Confirming books; a second press lands on the same booking.</summary>
[EnableRateLimiting(RateLimits.Forms)]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class CheckModel(
    BookingJourney journey, BookPlace book, NamedByOthers named, TellBookedAlready tell, PrivateAccess access, FreePlaceChoice free, TrainingHubDb db, TimeProvider clock, IOptions<SiteOptions> site) : PageModel
{
    public JourneyState Journey { get; private set; } = null!;
    public BookingAnswers Answers { get; private set; } = null!;
    public BookingLists Lists { get; private set; } = null!;

    /// <summary>Two dates at the same time: both of this order, or one of another that this browser has made.</summary>
    public IReadOnlyList<string> Clashes { get; private set; } = [];

    /// <summary>What confirming accepts; empty before there is a policy.</summary>
    public IReadOnlyList<string> Policy { get; private set; } = [];

    /// <summary>"by 16 November 2026" for an application of today.</summary>
    public string DecideWithin { get; private set; } = "";

    /// <param name="run"></param>
    /// <param name="changed">The answers were others on the page that was confirmed.</param>
    /// <param name="wasPence">So was the price of one place.</param>
    /// <param name="priceOf">On this date.</param>
    /// <param name="wasTotal">So was what the whole order costs, by the price of a programme as a whole.</param>
    /// <param name="ct"></param>
    public async Task<IActionResult> OnGetAsync(Guid run, bool changed, int? wasPence, Guid? priceOf, int? wasTotal, CancellationToken ct)
    {
        if (await LeadAwayAsync(run, null, ct) is { } elsewhere)
        {
            return elsewhere;
        }

        Clashes = [.. Journey.ClashWords, .. await OtherClashesAsync(ct)];

        if (changed)
        {
            ModelState.AddModelError("", "Your answers changed in another tab. This is how they are now: check them before you confirm");
        }

        if (wasTotal is { } before && before != Journey.TotalPence)
        {
            ModelState.AddModelError("", $"The price of all dates together has changed from {new Money(before)} to {new Money(Journey.TotalPence)}. Check it before you confirm");
        }

        return wasPence is { } was ? await ShowPriceAsync(priceOf ?? run, was, ct) : Page();
    }

    private async Task<List<string>> OtherClashesAsync(CancellationToken ct)
    {
        var words = new List<string>();
        if (!access.IsAnyGranted(Request))
        {
            return words;
        }

        foreach (var date in Journey.Dates)
        {
            var people = Answers.PeopleOn(date.Id).Select(person => person.Key).OfType<PersonKey>();
            words.AddRange((await Bookings.Clashes.FindAsync(db, date, people, ct))
                .Where(clash => access.IsGranted(HttpContext, Booking.LinkPurpose, clash.BookingId))
                .Select(clash => clash.Words));
        }

        return words;
    }

    /// <param name="run"></param>
    /// <param name="draft">The id of the answers that the page showed.</param>
    /// <param name="shown">Their mark.</param>
    /// <param name="shownPence">The price of one place on each of the dates, as the page showed it.</param>
    /// <param name="shownTotal">What all of it costs, likewise.</param>
    /// <param name="ct"></param>
    public async Task<IActionResult> OnPostAsync(Guid run, Guid draft, string? shown, int[] shownPence, int? shownTotal, CancellationToken ct)
    {
        if (await LeadAwayAsync(run, shown ?? "", ct) is { } elsewhere)
        {
            return elsewhere;
        }

        // Another tab has changed the answers, or begun another booking: show what would be booked now.
        if (draft != Journey.BookingId || shown != Answers.Mark() || shownPence.Length != Journey.Dates.Count)
        {
            return Redirect(BookingUrls.Check(run) + "?changed=true");
        }

        var request = Answers.ToRequest(draft, [.. Journey.Dates.Select((date, index) => (date, shownPence[index], Journey.OfferOn(date)))], Journey.IsFree, journey.VisitorOf(HttpContext)) with { TotalPence = shownTotal };
        if (!await named.TakeAsync(request, ct) && !await db.Bookings.AnyAsync(booking => booking.Id == draft, ct))
        {
            return Redirect(CatalogueUrls.Book(run) + "?refused=true");
        }

        var outcome = await book.RunAsync(request, ct);
        return outcome.Result switch
        {
            BookPlaceResult.Booked or BookPlaceResult.AlreadyBooked => Welcome(outcome.Booking!, Journey),
            BookPlaceResult.Full or BookPlaceResult.RunClosed => Redirect(BookingUrls.Unavailable(run)),
            BookPlaceResult.PriceChanged => Redirect(BookingUrls.Check(run) + (outcome.RunId is null ? $"?wasTotal={request.ShownPence}" : PriceThatChanged(shownPence, outcome.RunId))),
            // The rule has changed since the page was shown: the page of the question says so.
            BookPlaceResult.PrerequisiteMissing => Redirect(BookingUrls.Before(run)),
            BookPlaceResult.AwardUsedUp => Redirect(BookingUrls.Payment(run) + "?award=used"),
            BookPlaceResult.TooManyUnpaid => TellToWait(outcome.Until ?? clock.GetUtcNow()),
            BookPlaceResult.DelegateAlreadyOnDate => Redirect(CatalogueUrls.Book(run) + await WhatMayBeToldAsync(outcome.RunId ?? run, outcome.Taken!, ct)),
        };
    }

    // What was typed is kept for a day, so that the same button books later.
    private PageResult TellToWait(DateTimeOffset until)
    {
        Response.StatusCode = StatusCodes.Status429TooManyRequests;
        Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling((until - clock.GetUtcNow()).TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        ModelState.AddModelError(
            "",
            "You, or others on your network, have many places that are not paid for. Pay for those first, or confirm again after "
            + $"{London.Moment(until)}. We keep what you typed. For a large group contact the training team: {site.Value.ContactEmail}, {site.Value.ContactPhone}");
        return Page();
    }

    // To who booked them, who it is; else nothing, and the people concerned are told that somebody asks.
    private async Task<string> WhatMayBeToldAsync(Guid run, IReadOnlyList<TakenDelegate> taken, CancellationToken ct)
    {
        var own = taken.Where(one => access.IsGranted(HttpContext, Booking.LinkPurpose, one.BookingId)).ToList();
        var there = Answers.PeopleOn(run).ToList();
        foreach (var other in taken.Except(own))
        {
            if (there[other.Index].Key is { } person)
            {
                await tell.RunAsync(run, person, ct);
            }
        }

        return own.Count == 0 ? "?refused=true" : $"?on={run}&" + string.Join('&', own.Select(one => $"taken={Answers.People.IndexOf(there[one.Index])}"));
    }

    private string PriceThatChanged(int[] shownPence, Guid? of)
    {
        var index = Math.Max(0, Journey.Dates.ToList().FindIndex(date => date.Id == of));
        return $"?wasPence={shownPence[index]}&priceOf={Journey.Dates[index].Id}";
    }

    private async Task<IActionResult> ShowPriceAsync(Guid date, int wasPence, CancellationToken ct)
    {
        if (await journey.AskRunAsync(date, ct) is not { Price: not null } now)
        {
            return Redirect(BookingUrls.Unavailable(Journey.Run.Id));
        }

        Journey = await journey.PricedAsync(Journey with { Dates = [.. Journey.Dates.Select(one => one.Id == date ? now : one)] }, ct);
        if (Journey.Dates.FirstOrDefault(one => one.Id == date) is { Price: { } price } changed && price.Each.Pence != wasPence)
        {
            ModelState.AddModelError("", $"The price {(Journey.IsOneDate ? "" : $"of {changed.Course}, {changed.DayWords}, ")}has changed from {new Money(wasPence)} to {price.Each} a place. Check it before you confirm");
        }

        return Page();
    }

    private RedirectResult Welcome(BookedBooking booking, JourneyState state)
    {
        access.Grant(HttpContext, Booking.LinkPurpose, booking.Id, BookingEmails.LinkExpiry(state.Dates.Max(date => date.EndsAt)));
        return Redirect(booking is { Method: PaymentMethod.Card, State: BookingState.Held }
            ? BookingUrls.Pay(booking.Reference)
            : BookingUrls.Manage(booking.Reference));
    }

    /// <param name="shown">The mark of the answers that are to be confirmed; null when none are.</param>
    private async Task<IActionResult?> LeadAwayAsync(Guid run, string? shown, CancellationToken ct)
    {
        if (await journey.FindAsync(HttpContext, run, ct) is not { } state)
        {
            return NotFound();
        }

        if (state is not { Answers: { } answers, BookingId: not null })
        {
            if (state.Booked is { } booked)
            {
                if (shown is not null && shown != state.BookedMark)
                {
                    TempData["Notice"] = "Your answers changed in another tab, and were booked there. This is that booking: check who is coming.";
                }

                return Welcome(booked, state);
            }

            return Redirect(CatalogueUrls.Book(run) + "?restart=true");
        }

        if (journey.DetourFor(state) is { } detour)
        {
            return Redirect(detour);
        }

        if (journey.NextPage(state, answers) is var next && next != BookingUrls.Check(run))
        {
            return Redirect(next);
        }

        (Journey, Answers, Lists) = (state, answers, await journey.ListsAsync());
        var now = clock.GetUtcNow();
        Policy = BookingPolicy.BeforeBooking(
            await CancellationPolicy.OfAsync(db, London.DateOf(now), ct), state.IsFree ? PaymentMethod.Free : answers.Method ?? PaymentMethod.Free,
            state.Dates, [.. state.Dates.Select(date => date.Price?.Each.Pence ?? 0)], now);
        DecideWithin = answers.Method == PaymentMethod.FreePlace ? await free.WhenWordsAsync(ct) : "";
        return null;
    }
}

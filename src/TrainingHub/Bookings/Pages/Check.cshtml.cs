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

    /// <summary>Other dates at the same time for which this browser has booked one of these people.</summary>
    public IReadOnlyList<Clash> Clashes { get; private set; } = [];

    /// <summary>"by 16 November 2026" for an application of today.</summary>
    public string DecideWithin { get; private set; } = "";

    public string Total => BookingSummary.WordsOf([.. Answers.People.Select(_ => Journey.Run.Price!.Each.Pence)]);

    /// <param name="changed">The answers were others on the page that was confirmed.</param>
    /// <param name="wasPence">So was the price of one place.</param>
    public async Task<IActionResult> OnGetAsync(Guid run, bool changed, int? wasPence, CancellationToken ct)
    {
        if (await LeadAwayAsync(run, null, ct) is { } elsewhere)
        {
            return elsewhere;
        }

        if (access.IsAnyGranted(Request))
        {
            var people = Answers.People.Select(person => person.Key).OfType<PersonKey>();
            Clashes = [.. (await Bookings.Clashes.FindAsync(db, Journey.Run, people, ct))
                .Where(clash => access.IsGranted(HttpContext, Booking.LinkPurpose, clash.BookingId))];
        }

        if (changed)
        {
            ModelState.AddModelError("", "Your answers changed in another tab. This is how they are now: check them before you confirm");
        }

        return wasPence is { } was ? await ShowPriceAsync(run, was, ct) : Page();
    }

    /// <param name="draft">The id of the answers that the page showed.</param>
    /// <param name="shown">Their mark.</param>
    /// <param name="shownPence">The price of one place that the page showed.</param>
    public async Task<IActionResult> OnPostAsync(Guid run, Guid draft, string? shown, int shownPence, CancellationToken ct)
    {
        if (await LeadAwayAsync(run, shown ?? "", ct) is { } elsewhere)
        {
            return elsewhere;
        }

        // Another tab has changed the answers, or begun another booking: show what would be booked now.
        if (draft != Journey.BookingId || shown != Answers.Mark())
        {
            return Redirect(BookingUrls.Check(run) + "?changed=true");
        }

        var request = Answers.ToRequest(draft, run, Journey.IsFree, shownPence, journey.VisitorOf(HttpContext));
        if (!await named.TakeAsync(request, ct) && !await db.Bookings.AnyAsync(booking => booking.Id == draft, ct))
        {
            return Redirect(CatalogueUrls.Book(run) + "?refused=true");
        }

        var outcome = await book.RunAsync(request, ct);
        return outcome.Result switch
        {
            BookPlaceResult.Booked or BookPlaceResult.AlreadyBooked => Welcome(outcome.Booking!, Journey.Run),
            BookPlaceResult.Full or BookPlaceResult.RunClosed => Redirect(BookingUrls.Unavailable(run)),
            BookPlaceResult.PriceChanged => Redirect(BookingUrls.Check(run) + $"?wasPence={shownPence}"),
            BookPlaceResult.AwardUsedUp => Redirect(BookingUrls.Payment(run) + "?award=used"),
            BookPlaceResult.TooManyUnpaid => TellToWait(outcome.Until ?? clock.GetUtcNow()),
            BookPlaceResult.DelegateAlreadyOnDate => Redirect(CatalogueUrls.Book(run) + await WhatMayBeToldAsync(run, outcome.Taken!, ct)),
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
        foreach (var other in taken.Except(own))
        {
            if (Answers.People[other.Index].Key is { } person)
            {
                await tell.RunAsync(run, person, ct);
            }
        }

        return own.Count == 0 ? "?refused=true" : "?" + string.Join('&', own.Select(one => $"taken={one.Index}"));
    }

    private async Task<IActionResult> ShowPriceAsync(Guid run, int wasPence, CancellationToken ct)
    {
        if (await journey.AskRunAsync(run, ct) is not { Price: not null } now)
        {
            return Redirect(BookingUrls.Unavailable(run));
        }

        Journey = await journey.PricedAsync(Journey with { Run = now }, ct);
        if (Journey.Run.Price is { } price && price.Each.Pence != wasPence)
        {
            ModelState.AddModelError("", $"The price has changed from {new Money(wasPence)} to {price.Each} a place. Check it before you confirm");
        }

        return Page();
    }

    private RedirectResult Welcome(BookedBooking booking, DateLine run)
    {
        access.Grant(HttpContext, Booking.LinkPurpose, booking.Id, BookingEmails.LinkExpiry(run.EndsAt));
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

                return Welcome(booked, state.Run);
            }

            return Redirect(CatalogueUrls.Book(run) + "?restart=true");
        }

        if (journey.DetourFor(state, answers.People.Count) is { } detour)
        {
            return Redirect(detour);
        }

        if (journey.NextPage(state, answers) is var next && next != BookingUrls.Check(run))
        {
            return Redirect(next);
        }

        (Journey, Answers, Lists) = (state, answers, await journey.ListsAsync());
        DecideWithin = answers.Method == PaymentMethod.FreePlace ? await free.WhenWordsAsync(ct) : "";
        return null;
    }
}

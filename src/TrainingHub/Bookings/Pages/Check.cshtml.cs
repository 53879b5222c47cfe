using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using TrainingHub.Catalogue;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings.Pages;

/// <summary>Everything once more before it counts. Confirming books; a second press lands on the same booking.</summary>
[EnableRateLimiting(RateLimits.Forms)]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class CheckModel(BookingJourney journey, BookPlace book, PrivateAccess access, TrainingHubDb db) : PageModel
{
    public JourneyState Journey { get; private set; } = null!;
    public BookingAnswers Answers { get; private set; } = null!;
    public BookingLists Lists { get; private set; } = null!;

    /// <summary>Other dates at the same time for which this browser has booked one of these people.</summary>
    public IReadOnlyList<Clash> Clashes { get; private set; } = [];

    public string Total => BookingSummary.WordsOf([.. Answers.People.Select(_ => Journey.Run.Price!.Each.Pence)]);

    /// <param name="changed">The answers were others on the page that was confirmed.</param>
    /// <param name="wasPence">So was the price of one place.</param>
    public async Task<IActionResult> OnGetAsync(Guid run, bool changed, int? wasPence, CancellationToken ct)
    {
        if (await LeadAwayAsync(run, null, ct) is { } elsewhere)
        {
            return elsewhere;
        }

        if (PrivateAccess.IsAnyGranted(Request))
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

        var outcome = await book.RunAsync(Answers.ToRequest(draft, run, Journey.IsFree, shownPence), ct);
        return outcome.Result switch
        {
            BookPlaceResult.Booked or BookPlaceResult.AlreadyBooked => Welcome(outcome.Booking!),
            BookPlaceResult.Full or BookPlaceResult.RunClosed => Redirect(BookingUrls.Unavailable(run)),
            BookPlaceResult.PriceChanged => Redirect(BookingUrls.Check(run) + $"?wasPence={shownPence}"),
            BookPlaceResult.DelegateAlreadyOnDate => Redirect(CatalogueUrls.Book(run) + WhatMayBeTold(outcome.Taken!)),
        };
    }

    private string WhatMayBeTold(IReadOnlyList<TakenDelegate> taken)
    {
        var own = taken.Where(one => access.IsGranted(HttpContext, Booking.LinkPurpose, one.BookingId)).ToList();
        return own.Count == 0 ? "?refused=true" : "?" + string.Join('&', own.Select(one => $"taken={one.Index}"));
    }

    private async Task<IActionResult> ShowPriceAsync(Guid run, int wasPence, CancellationToken ct)
    {
        if (await journey.AskRunAsync(run, ct) is not { Price: { } price } now)
        {
            return Redirect(BookingUrls.Unavailable(run));
        }

        Journey = Journey with { Run = now };
        if (price.Each.Pence != wasPence)
        {
            ModelState.AddModelError("", $"The price has changed from {new Money(wasPence)} to {price.Each} a place. Check it before you confirm");
        }

        return Page();
    }

    private RedirectResult Welcome(BookedBooking booking)
    {
        access.Grant(HttpContext, Booking.LinkPurpose, booking.Id);
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

                return Welcome(booked);
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
        return null;
    }
}

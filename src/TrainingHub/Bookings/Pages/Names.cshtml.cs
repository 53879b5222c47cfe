using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;
using TrainingHub.Catalogue;
using TrainingHub.People;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings.Pages;

/// <summary>
/// Says who comes to the places that were booked without a name: some of them now and the rest later, typed one by one or pasted as a list that
/// fills the places of each date in turn.
/// </summary>
[EnableRateLimiting(RateLimits.Forms)]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class NamesModel(
    OpenBooking bookings, NamePlaces name, TellBookedAlready tell, TrainingHubDb db, TimeProvider clock, IOptions<SiteOptions> site) : PageModel
{
    /// <summary>In the order of <see cref="Places"/>.</summary>
    [BindProperty]
    public List<PersonForm> People { get; set; } = [];

    [BindProperty]
    public WhoElseForm Form { get; set; } = new();

    public Booking? Booking { get; private set; }

    /// <summary>Those that can still be named here, by date.</summary>
    public IReadOnlyList<(BookedPlace Place, DateLine Run)> Places { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string reference, CancellationToken ct)
    {
        if (await LeadAwayAsync(reference, ct) is { } elsewhere)
        {
            return elsewhere;
        }

        People = [.. Places.Select(_ => new PersonForm())];
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string reference, string? action, Guid[] place, CancellationToken ct)
    {
        if (await LeadAwayAsync(reference, ct) is { } elsewhere)
        {
            return elsewhere;
        }

        // What was typed belongs to the places that the page showed; another tab may have named some of them.
        var typed = place.Zip(People).DistinctBy(one => one.First).ToDictionary(one => one.First, one => one.Second);
        var isOld = typed.Any(one => !one.Value.IsEmpty && Places.All(open => open.Place.Id != one.Key));
        People = [.. Places.Select(open => typed.GetValueOrDefault(open.Place.Id) ?? new())];
        if (isOld)
        {
            ModelState.Clear();
            ModelState.AddModelError("", "Some of these places were named or cancelled meanwhile. Check who is left");
            return Page();
        }

        if (action == "list" || Form.List is not null)
        {
            return TakeList();
        }

        Check();
        if (!ModelState.IsValid)
        {
            return Page();
        }

        var people = Places.Zip(People).Where(one => !one.Second.IsEmpty)
            .ToDictionary(one => one.First.Place.Id, one => Coming(one.Second, one.First.Run));
        var outcome = await name.RunAsync(Booking!.Id, people, ct);
        return outcome.Result switch
        {
            NamePlacesResult.Named => Done((people.Count == 1 ? "1 person is named." : $"{people.Count} people are named.") + await ClashesAsync(people, ct)),
            NamePlacesResult.NotWaiting => Done("Nothing was changed: some of these places were named or cancelled meanwhile."),
            NamePlacesResult.TooLate => Done("The last day to name people here is over. Send the training team the names."),
            NamePlacesResult.NotPaidYet => Refuse("", "People can be named once the booking is paid for"),
            NamePlacesResult.TooManyChanges => Refuse(
                "", $"The names of this booking have been changed many times today. Try again tomorrow, or contact the training team: {site.Value.ContactEmail}"),
            NamePlacesResult.AlreadyOnDate => await RefuseTakenAsync(outcome, people, ct),
            // The rule has changed this very moment; the field says what is needed.
            NamePlacesResult.PrerequisiteMissing => Redirect(BookingUrls.Names(Booking!.Reference)),
        };
    }

    private static Delegate Coming(PersonForm person, DateLine run) =>
        new(person.Name!, person.Email!, person.AccessNeeds, run.Prerequisite is { } asked ? person.Before.ToAnswer(asked.CourseId) : null);

    /// <summary>Fills the empty places of each date with the people of the list. What cannot be taken stays in the list, with the reason.</summary>
    private PageResult TakeList()
    {
        this.CheckAddress("Form.ListEmail", Form.ListEmail);
        if (Form.List is null)
        {
            ModelState.AddModelError("Form.List", "Enter at least one name");
        }

        if (!ModelState.IsValid)
        {
            return Page();
        }

        var entries = NameList.Read(Form.List ?? "", Form.ListEmail, [], Booking.MaxDelegates);
        List<string> left = [];
        ModelState.Clear();
        foreach (var entry in entries)
        {
            if ((entry.WhyNot ?? (Fill(entry) ? null : "All places are filled. Add people to the booking instead")) is { } why)
            {
                left.Add(entry.Typed);
                ModelState.AddModelError("Form.List", $"Line {entry.Line} of your list, “{entry.Typed}”: {why}");
            }
        }

        Form.List = left.Count == 0 ? null : string.Join('\n', left);
        return Page();
    }

    private bool Fill(NameListEntry entry)
    {
        var isTaken = false;
        foreach (var date in Enumerable.Range(0, Places.Count).GroupBy(index => Places[index].Run.Id))
        {
            var free = date.FirstOrDefault(index => People[index].IsEmpty, -1);
            if (free >= 0)
            {
                (People[free].Name, People[free].Email, isTaken) = (entry.Name, entry.Email, true);
            }
        }

        return isTaken;
    }

    /// <summary>What else this browser has booked these people for at the same time.</summary>
    private async Task<string> ClashesAsync(Dictionary<Guid, Delegate> people, CancellationToken ct)
    {
        var words = "";
        foreach (var date in Places.Where(one => people.ContainsKey(one.Place.Id)).GroupBy(one => one.Run.Id))
        {
            var clashes = await Clashes.FindAsync(db, date.First().Run, date.Select(one => people[one.Place.Id].Key), ct);
            words += string.Concat(clashes.Where(clash => bookings.IsOpen(HttpContext, clash.BookingId)).Select(clash => " " + clash.Words));
        }

        return words;
    }

    private void Check()
    {
        var seen = new HashSet<(Guid, PersonKey)>();
        for (var i = 0; i < People.Count; i++)
        {
            var person = People[i];
            if (person.IsEmpty)
            {
                continue;
            }

            if (person.Name is null)
            {
                ModelState.AddModelError($"People[{i}].Name", "Enter the full name of this person");
            }

            this.CheckAddress($"People[{i}].Email", person.Email, "Enter the email address of this person");
            if (Places[i].Run.Prerequisite is { } asked)
            {
                this.Check(person.Before, $"People[{i}].Before", person.Name ?? "this person", asked);
            }

            if (person is { Name: { } called, Email: { } email } && !seen.Add((Places[i].Run.Id, PersonKey.Of(email, called))))
            {
                ModelState.AddModelError($"People[{i}].Name", $"{called} is listed twice for {Places[i].Run.DayWords} with this email address. Enter somebody else");
            }
        }

        if (People.TrueForAll(person => person.IsEmpty))
        {
            ModelState.AddModelError("People[0].Name", "Enter the name of at least one person");
        }
    }

    private async Task<PageResult> RefuseTakenAsync(NamePlacesOutcome outcome, Dictionary<Guid, Delegate> people, CancellationToken ct)
    {
        var index = Places.ToList().FindIndex(one => one.Place.Id == outcome.PlaceId);
        var (run, person) = (Places[index].Run, people[Places[index].Place.Id]);
        if (outcome.OtherBooking is { } other && bookings.IsOpen(HttpContext, other))
        {
            return Refuse($"People[{index}].Name", PlaceTaken.By(person.Name, run));
        }

        await tell.RunAsync(run.Id, person.Key, ct);
        return Refuse("", PlaceTaken.Unsaid(site.Value));
    }

    private RedirectResult Done(string notice)
    {
        TempData["Success"] = notice;
        return Redirect(BookingUrls.Manage(Booking!.Reference));
    }

    private PageResult Refuse(string field, string why)
    {
        ModelState.AddModelError(field, why);
        return Page();
    }

    private async Task<IActionResult?> LeadAwayAsync(string reference, CancellationToken ct)
    {
        Booking = await bookings.FindAsync(HttpContext, reference, ct);
        if (Booking is null)
        {
            Response.StatusCode = StatusCodes.Status404NotFound;
            return Page();
        }

        var now = clock.GetUtcNow();
        var unnamed = (await bookings.PlacesAsync(Booking, ct)).Where(place => place is { IsLive: true, AwaitsName: true }).ToList();
        Places = [.. (await bookings.RunsAsync(unnamed, ct))
            .Where(run => NameLater.IsOpen(run.RunsOn, now))
            .SelectMany(run => unnamed.Where(place => place.RunId == run.Id).Select(place => (place, run)))];
        return Places.Count == 0 || Booking.AwaitsCardPayment ? Redirect(BookingUrls.Manage(Booking.Reference)) : null;
    }
}

using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;
using TrainingHub.Catalogue;
using TrainingHub.People;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings.Pages;

/// <summary>
/// Who is coming: up to thirty people, each with a name, an address and the dates to which they come; typed one by one or pasted as a list. Several
/// may share an address. Places may be left to be named later.
/// </summary>
[EnableRateLimiting(RateLimits.Forms)]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class BookModel(BookingJourney journey, KnownBookers knownBookers, TimeProvider clock, IOptions<SiteOptions> site) : PageModel
{
    private const string Add = "add";
    private const string AddList = "list";
    private const string AddKnown = "known";
    private const string RemovePrefix = "remove-";

    [BindProperty]
    public List<PersonForm> People { get; set; } = [];

    [BindProperty]
    public WhoElseForm Form { get; set; } = new();

    public JourneyState Journey { get; private set; } = null!;

    /// <summary>Orders that were begun on other dates, to which this one can be added.</summary>
    public IReadOnlyList<JourneyState> Others { get; private set; } = [];

    public bool IsRestart { get; private set; }

    /// <summary>Those whom the booker who is signed in has booked before, without those who are in the list already.</summary>
    public IReadOnlyList<KnownPerson> Known { get; private set; } = [];

    /// <summary>Another date of the course on which the names were typed before this one was chosen instead.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid? From { get; set; }

    public async Task<IActionResult> OnGetAsync(Guid run, CancellationToken ct)
    {
        if (await FindAsync(run, ct) is not { } state)
        {
            return NotFound();
        }

        if (journey.DetourForOne(state) is { } detour)
        {
            return Redirect(detour);
        }

        // A later page found nothing typed.
        (Journey, IsRestart) = (state, Request.Query.ContainsKey("restart") && state.Answers is null);
        Others = state.Answers is null ? await journey.OthersAsync(HttpContext, run, ct) : [];
        if (RefusedForms.Of(this, state.Answers) is { } refused)
        {
            await TryUpdateModelAsync(People, nameof(People), refused);
            await TryUpdateModelAsync(Form, nameof(Form), refused);
            Complete();
            Check();
        }
        else
        {
            People = [.. state.Answers?.People.Select(person => PersonForm.Of(person, state.Dates)) ?? []];
            Form = WhoElseForm.Of(state, clock.GetUtcNow());
            Complete();
        }

        SayWhatIsLeftOfList();
        SayWhyRefused();
        await OfferKnownAsync(ct);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid run, string? action, CancellationToken ct)
    {
        if (await FindAsync(run, ct) is not { } state)
        {
            return NotFound();
        }

        Journey = state;
        AskLater();
        // Before anything is kept or shown again, however much was sent.
        if (People.Count > Booking.MaxDelegates)
        {
            People.RemoveRange(Booking.MaxDelegates, People.Count - Booking.MaxDelegates);
            ModelState.AddModelError("", PeopleChecks.TooMany);
        }

        if (!ModelState.IsValid)
        {
            return Page();
        }

        if (action is Add or AddKnown || action?.StartsWith(RemovePrefix, StringComparison.Ordinal) == true)
        {
            await AddOrRemoveAsync(action, ct);
            await SaveAsync(ct);
            return Redirect(CatalogueUrls.Book(run) + (action == Add ? string.Create(CultureInfo.InvariantCulture, $"#People_{People.Count - 1}__Name") : ""));
        }

        if (action == AddList || Form.List is not null)
        {
            return await TakeListAsync(isAll: action != AddList, ct);
        }

        return await ContinueAsync(ct);
    }

    private async Task<IActionResult> ContinueAsync(CancellationToken ct)
    {
        // Who books places alone need not clear the first person's fields away.
        if (Form.ToAnswer(Journey, clock.GetUtcNow()) is not null)
        {
            People.RemoveAll(person => person.IsEmpty);
        }

        Check();
        if (!ModelState.IsValid)
        {
            return await journey.RefuseAsync(this, Journey, ct);
        }

        await SaveAsync(ct);
        return Redirect(journey.DetourFor(Journey) ?? journey.NextPage(Journey, Journey.Answers!));
    }

    /// <summary>Those lines that can be read become people. The others stay in the list, with the reason; nothing of it is lost.</summary>
    /// <param name="isAll">The page was to be left: it is, when every line was taken and everything else is complete.</param>
    /// <param name="ct"></param>
    private async Task<IActionResult> TakeListAsync(bool isAll, CancellationToken ct)
    {
        this.CheckAddress("Form.ListEmail", Form.ListEmail);
        if (Form.List is not { } list)
        {
            ModelState.AddModelError("Form.List", "Enter at least one name");
            list = "";
        }

        if (!ModelState.IsValid)
        {
            return await journey.RefuseAsync(this, Journey, ct);
        }

        People.RemoveAll(person => person.IsEmpty);
        var entries = NameList.Read(list, Form.ListEmail, Keys(), Booking.MaxDelegates - People.Count);
        var taken = entries.Where(entry => entry.WhyNot is null).ToList();
        People.AddRange(taken.Select(entry => new PersonForm { Name = entry.Name, Email = entry.Email, On = [.. Form.Asked] }));
        var left = entries.Where(entry => entry.WhyNot is not null).ToList();
        Form.List = left.Count == 0 ? null : string.Join('\n', left.Select(entry => entry.Typed));
        if (isAll && left.Count == 0 && taken.TrueForAll(entry => entry.Email is not null))
        {
            return await ContinueAsync(ct);
        }

        await SaveAsync(ct);
        TempData["Added"] = AddedWords(taken.Count, taken.Count(entry => entry.Email is null));
        return Redirect(CatalogueUrls.Book(Journey.Run.Id));
    }

    private static string? AddedWords(int added, int withoutAddress) => (added, withoutAddress) switch
    {
        (0, _) => null,
        (1, 0) => "We have added 1 person from your list. Check the name and the address below.",
        (1, _) => "We have added 1 person from your list, without an email address. Enter it below.",
        (_, 0) => $"We have added {added} people from your list. Check the names and addresses below.",
        (_, _) => $"We have added {added} people from your list, {withoutAddress} of them without an email address. Enter it below.",
    };

    /// <summary>Answers that were typed for another date count for this one when it was chosen instead.</summary>
    private async Task<JourneyState?> FindAsync(Guid run, CancellationToken ct)
    {
        var state = await journey.FindAsync(HttpContext, run, ct);
        if (state is null || From is not { } other || other == run || await journey.FindAsync(HttpContext, other, ct) is not { Answers: { } typed, IsOneDate: true })
        {
            return state;
        }

        typed.ChangeDate(other, typed.RunIds(other)[0], run);
        // An offer is for its own date.
        typed.Waiting = state.Offer?.EntryId;
        return state with { Answers = typed };
    }

    // What the page asks beside what was typed: somebody to begin with, and each date for places without names.
    private void Complete()
    {
        if (People.Count == 0 && Journey.Answers?.Later is null)
        {
            People.Add(new() { On = [.. Journey.Dates.Select(date => date.Id)] });
        }

        AskLater();
    }

    // For each date where people may be named later, and for no other, whatever was sent.
    private void AskLater()
    {
        var typed = Form.Later;
        Form.Later = [.. WhoElseForm.Of(Journey, clock.GetUtcNow()).Later.Select(one => typed.Find(other => other.Run == one.Run) ?? one)];
    }

    private void SayWhatIsLeftOfList()
    {
        if (Journey.Answers?.Listed is not { } list || Form.List != list)
        {
            return;
        }

        foreach (var entry in NameList.Read(list, Form.ListEmail, Keys(), Booking.MaxDelegates - People.Count).Where(entry => entry.WhyNot is not null))
        {
            ModelState.AddModelError("Form.List", $"Line {entry.Line} of your list, “{entry.Typed}”: {entry.WhyNot}");
        }
    }

    // What the check page may tell: which people, from 0, this browser has booked before; or that it could not be booked.
    private void SayWhyRefused()
    {
        var date = Journey.IsOneDate ? null : Journey.Dates.FirstOrDefault(one => Request.Query["on"] == one.Id.ToString());
        foreach (var person in Request.Query["taken"])
        {
            if (int.TryParse(person, out var index) && index >= 0 && index < People.Count)
            {
                ModelState.AddModelError($"People[{index}].Name", PlaceTaken.By(People[index].Name ?? "This person", date));
            }
        }

        if (Request.Query.ContainsKey("refused"))
        {
            ModelState.AddModelError("", PlaceTaken.Unsaid(site.Value));
        }
    }

    private async Task OfferKnownAsync(CancellationToken ct)
    {
        var listed = People.Where(person => person is { Name: not null, Email: not null }).Select(person => PersonKey.Of(person.Email ?? "", person.Name ?? "")).ToHashSet();
        Known = [.. (await knownBookers.FindAsync(HttpContext, ct))?.People.Where(person => !listed.Contains(person.Key)) ?? []];
    }

    // Those that are ticked, as far as there is room; a person who is still empty makes room.
    private async Task AddKnownAsync(CancellationToken ct)
    {
        await OfferKnownAsync(ct);
        People.RemoveAll(person => person.IsEmpty);
        var ticked = Request.Form["known"].ToHashSet();
        People.AddRange(Known.Where(person => ticked.Contains(person.Id.ToString())).Take(Booking.MaxDelegates - People.Count)
            .Select(person => new PersonForm { Name = person.Name, Email = person.Email, On = [.. Form.Asked] }));
    }

    private async Task AddOrRemoveAsync(string action, CancellationToken ct)
    {
        if (action == AddKnown)
        {
            await AddKnownAsync(ct);
        }
        else if (action == Add && People.Count < Booking.MaxDelegates)
        {
            People.Add(new() { On = [.. Form.Asked] });
        }
        else if (int.TryParse(action.AsSpan(Math.Min(action.Length, RemovePrefix.Length)), out var index) && index >= 0 && index < People.Count && People.Count > 1)
        {
            People.RemoveAt(index);
        }
    }

    private async Task SaveAsync(CancellationToken ct)
    {
        var answers = Journey.Answers ?? new();
        RefusedForms.Forget(this, answers);
        answers.People = Answers();
        answers.Later = Form.ToAnswer(Journey, clock.GetUtcNow());
        answers.Listed = Form.List;
        await journey.SaveAsync(HttpContext, Journey, answers, ct);
        Journey = Journey with { Answers = answers };
    }

    private void Check()
    {
        var later = Form.ToAnswer(Journey, clock.GetUtcNow());
        this.CheckPeople(Answers(), run => later?.GetValueOrDefault(run) ?? 0, Journey);
    }

    private List<PersonAnswer> Answers()
    {
        var asked = Form.Asked.Where(run => Journey.Dates.Any(date => date.Id == run)).ToList();
        return [.. People.Select(person => person.ToAnswer(asked, Journey.Answers?.People ?? []))];
    }

    private IEnumerable<PersonKey> Keys() =>
        from person in People
        where person.Name is not null && person.Email is not null
        select PersonKey.Of(person.Email!, person.Name!);
}

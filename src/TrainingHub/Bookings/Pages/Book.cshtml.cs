using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;
using TrainingHub.Catalogue;
using TrainingHub.People;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings.Pages;

/// <summary>Who is coming: one to ten people, each with a name and an address. Several may share an address.</summary>
[EnableRateLimiting(RateLimits.Forms)]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class BookModel(BookingJourney journey, KnownBookers knownBookers, IOptions<SiteOptions> site) : PageModel
{
    private const string Add = "add";
    private const string AddKnown = "known";
    private const string RemovePrefix = "remove-";
    private static readonly string TooMany = $"Book for 1 to {Booking.MaxDelegates} people at a time";

    [BindProperty]
    public List<PersonForm> People { get; set; } = [];

    public JourneyState Journey { get; private set; } = null!;

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

        if (journey.DetourFor(state, people: 1) is { } detour)
        {
            return Redirect(detour);
        }

        // A later page found nothing typed.
        (Journey, IsRestart) = (state, Request.Query.ContainsKey("restart") && state.Answers is null);
        var refused = RefusedForms.Of(this, state.Answers);
        if (refused is not null)
        {
            await TryUpdateModelAsync(People, nameof(People), refused);
        }
        else
        {
            People = [.. state.Answers?.People.Select(PersonForm.Of) ?? []];
        }

        if (People.Count == 0)
        {
            People.Add(new());
        }

        if (refused is not null)
        {
            Check();
        }

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
        // Before anything is kept or shown again, however much was sent.
        if (People.Count > Booking.MaxDelegates)
        {
            People.RemoveRange(Booking.MaxDelegates, People.Count - Booking.MaxDelegates);
            ModelState.AddModelError("", TooMany);
        }

        if (!ModelState.IsValid)
        {
            return Page();
        }

        if (action == AddKnown)
        {
            await AddKnownAsync(ct);
            await SaveAsync(state, ct);
            return Redirect(CatalogueUrls.Book(run));
        }

        if (action == Add || action?.StartsWith(RemovePrefix, StringComparison.Ordinal) == true)
        {
            AddOrRemove(action);
            await SaveAsync(state, ct);
            return Redirect(CatalogueUrls.Book(run) + (action == Add ? $"#People_{People.Count - 1}__Name" : ""));
        }

        Check();
        if (!ModelState.IsValid)
        {
            return await journey.RefuseAsync(this, state, ct);
        }

        var answers = await SaveAsync(state, ct);
        return Redirect(journey.DetourFor(state, People.Count) ?? journey.NextPage(state, answers));
    }

    /// <summary>Answers that were typed for another date count for this one when it was chosen instead.</summary>
    private async Task<JourneyState?> FindAsync(Guid run, CancellationToken ct)
    {
        var state = await journey.FindAsync(HttpContext, run, ct);
        return state is not null && From is { } other && other != run && await journey.FindAsync(HttpContext, other, ct) is { Answers: { } typed }
            ? state with { Answers = typed }
            : state;
    }

    // What the check page may tell: which people, from 0, this browser has booked before; or that it could not be booked.
    private void SayWhyRefused()
    {
        foreach (var person in Request.Query["taken"])
        {
            if (int.TryParse(person, out var index) && index >= 0 && index < People.Count)
            {
                ModelState.AddModelError($"People[{index}].Name", PlaceTaken.By(People[index].Name ?? "This person"));
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
        People.RemoveAll(person => person is { Name: null, Email: null, AccessNeeds: null });
        var ticked = Request.Form["known"].ToHashSet();
        People.AddRange(Known.Where(person => ticked.Contains(person.Id.ToString())).Take(Booking.MaxDelegates - People.Count)
            .Select(person => new PersonForm { Name = person.Name, Email = person.Email }));
    }

    private void AddOrRemove(string action)
    {
        if (action == Add && People.Count < Booking.MaxDelegates)
        {
            People.Add(new());
        }
        else if (int.TryParse(action.AsSpan(Math.Min(action.Length, RemovePrefix.Length)), out var index) && index >= 0 && index < People.Count && People.Count > 1)
        {
            People.RemoveAt(index);
        }
    }

    private async Task<BookingAnswers> SaveAsync(JourneyState state, CancellationToken ct)
    {
        var answers = state.Answers ?? new();
        RefusedForms.Forget(this, answers);
        answers.People = [.. People.Select(person => person.ToAnswer())];
        await journey.SaveAsync(HttpContext, state, answers, ct);
        return answers;
    }

    private void Check()
    {
        if (People.Count == 0)
        {
            ModelState.AddModelError("", TooMany);
        }

        var seen = new HashSet<PersonKey>();
        for (var i = 0; i < People.Count; i++)
        {
            CheckPerson(People[i], $"People[{i}]", People.Count == 1 ? "the person who is coming" : $"person {i + 1}", seen);
        }
    }

    private void CheckPerson(PersonForm person, string key, string who, HashSet<PersonKey> seen)
    {
        if (person.Name is null)
        {
            ModelState.AddModelError(key + ".Name", $"Enter the full name of {who}");
        }

        this.CheckAddress(key + ".Email", person.Email, $"Enter the email address of {who}");
        if (person.Name is { } name && person.Email is { } email && !seen.Add(PersonKey.Of(email, name)))
        {
            ModelState.AddModelError(key + ".Name", $"{name} is listed twice with this email address. Remove one of them, or enter somebody else");
        }
    }
}

internal sealed class PersonForm
{
    [Display(Name = "Full name"), StringLength(Person.NameLength), PlainName]
    public string? Name { get; set; }

    [Display(Name = "Work email address"), DataType(DataType.EmailAddress), StringLength(Person.EmailLength)]
    public string? Email { get; set; }

    [Display(
        Name = "Access needs (optional)",
        Description = "For example step-free access, a hearing loop or large print. Only the training team and the trainer read this.")]
    [StringLength(Place.AccessNeedsLength)]
    public string? AccessNeeds { get; set; }

    public static PersonForm Of(PersonAnswer person) => new() { Name = person.Name, Email = person.Email, AccessNeeds = person.AccessNeeds };

    public PersonAnswer ToAnswer() => new() { Name = Name, Email = Email, AccessNeeds = AccessNeeds };
}

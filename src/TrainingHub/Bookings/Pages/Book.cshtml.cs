using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using TrainingHub.Catalogue;
using TrainingHub.People;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings.Pages;

/// <summary>Who is coming: one to ten people, each with a name and an address of their own.</summary>
[EnableRateLimiting(RateLimits.Forms)]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class BookModel(BookingJourney journey) : PageModel
{
    private const string Add = "add";
    private const string RemovePrefix = "remove-";

    [BindProperty]
    public List<PersonForm> People { get; set; } = [];

    public JourneyState Journey { get; private set; } = null!;

    public bool IsRestart { get; private set; }

    public async Task<IActionResult> OnGetAsync(Guid run, CancellationToken ct)
    {
        if (await journey.FindAsync(HttpContext, run, ct) is not { } state)
        {
            return NotFound();
        }

        if (journey.DetourFor(state, people: 1) is { } detour)
        {
            return Redirect(detour);
        }

        // A later page found nothing typed.
        (Journey, IsRestart) = (state, Request.Query.ContainsKey("restart") && state.Answers is null);
        People = [.. state.Answers?.People.Select(PersonForm.Of) ?? []];
        if (People.Count == 0)
        {
            People.Add(new());
        }

        // Which people, from 0, have a place on the date already.
        foreach (var person in Request.Query["taken"])
        {
            if (int.TryParse(person, out var index) && index >= 0 && index < People.Count)
            {
                ModelState.AddModelError($"People[{index}].Email", $"{People[index].Name ?? "This person"} already has a place on this date");
            }
        }

        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid run, string? action, CancellationToken ct)
    {
        if (await journey.FindAsync(HttpContext, run, ct) is not { } state)
        {
            return NotFound();
        }

        Journey = state;
        if (action == Add || action?.StartsWith(RemovePrefix, StringComparison.Ordinal) == true)
        {
            AddOrRemove(action);
            await SaveAsync(state, ct);
            return Redirect(CatalogueUrls.Book(run) + (action == Add ? $"#People_{People.Count - 1}__Name" : ""));
        }

        Check();
        if (!ModelState.IsValid)
        {
            return Page();
        }

        var answers = await SaveAsync(state, ct);
        return Redirect(journey.DetourFor(state, People.Count) ?? journey.NextPage(state, answers));
    }

    private void AddOrRemove(string action)
    {
        if (action == Add && People.Count < Booking.MaxDelegates)
        {
            People.Add(new());
        }
        else if (int.TryParse(action.AsSpan(Math.Min(action.Length, RemovePrefix.Length)), out var index) && index < People.Count && People.Count > 1)
        {
            People.RemoveAt(index);
        }
    }

    private async Task<BookingAnswers> SaveAsync(JourneyState state, CancellationToken ct)
    {
        var answers = state.Answers ?? new();
        answers.People = [.. People.Take(Booking.MaxDelegates).Select(person => person.ToAnswer())];
        await journey.SaveAsync(HttpContext, state, answers, ct);
        return answers;
    }

    private void Check()
    {
        if (People.Count is < 1 or > Booking.MaxDelegates)
        {
            ModelState.AddModelError("", $"Book for 1 to {Booking.MaxDelegates} people at a time");
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < People.Count; i++)
        {
            CheckPerson(People[i], $"People[{i}]", People.Count == 1 ? "the person who is coming" : $"person {i + 1}", seen);
        }
    }

    private void CheckPerson(PersonForm person, string key, string who, HashSet<string> seen)
    {
        if (person.Name is null)
        {
            ModelState.AddModelError(key + ".Name", $"Enter the full name of {who}");
        }

        if (person.Email is null)
        {
            ModelState.AddModelError(key + ".Email", $"Enter the email address of {who}");
        }
        else if (!EmailAddress.IsValid(person.Email))
        {
            ModelState.AddModelError(key + ".Email", "Enter an email address in the correct format, like name@example.com");
        }
        else if (!seen.Add(Person.KeyOf(person.Email)))
        {
            ModelState.AddModelError(key + ".Email", "Two people have this email address. Each person needs their own, so that we can write to them");
        }
    }
}

internal sealed class PersonForm
{
    [Display(Name = "Full name"), StringLength(Person.NameLength)]
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

using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using TrainingHub.Catalogue;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings.Pages;

/// <summary>
/// Whether each person has done the course to take before. Everybody is asked, also who is in the registers: what those say is for staff alone.
/// An order that asks nothing never leads here.
/// </summary>
[EnableRateLimiting(RateLimits.Forms)]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class BeforeModel(BookingJourney journey) : PageModel
{
    private const string Same = "same";

    /// <summary>In the order of <see cref="Questions"/>.</summary>
    [BindProperty]
    public List<PrerequisiteForm> Asked { get; set; } = [];

    public JourneyState Journey { get; private set; } = null!;
    public IReadOnlyList<PrerequisiteQuestion> Questions { get; private set; } = [];

    public IEnumerable<Prerequisite> Courses => Questions.Select(question => question.Prerequisite).DistinctBy(asked => asked.CourseId);

    /// <summary>Several people and one course: most often they have done it together.</summary>
    public bool CanCopy => Questions.Count > 2 && Courses.Count() == 1;

    /// <summary>Tells whether the questions are still those of the page.</summary>
    public string Shown => string.Join(',', Questions.Select(question => $"{question.Index}:{question.Prerequisite.CourseId:N}"));

    public async Task<IActionResult> OnGetAsync(Guid run, CancellationToken ct)
    {
        if (await LeadAwayAsync(run, ct) is { } elsewhere)
        {
            return elsewhere;
        }

        Asked = [.. Questions.Select(question => PrerequisiteForm.Of(question.Answer))];
        if (RefusedForms.Of(this, Journey.Answers) is { } refused)
        {
            Asked = [];
            await TryUpdateModelAsync(Asked, nameof(Asked), refused);
            Complete();
            Check(refused.GetValue("action").FirstValue);
        }
        else
        {
            // Answered before the course was required, or on the way back from the last page.
            CheckAnswered();
        }

        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid run, string? action, string? shown, CancellationToken ct)
    {
        if (await LeadAwayAsync(run, ct) is { } elsewhere)
        {
            return elsewhere;
        }

        if (shown != Shown)
        {
            TempData["Notice"] = "Who is coming changed in another tab. Answer for the people below.";
            return Redirect(BookingUrls.Before(run));
        }

        Complete();
        if (action == Same && CanCopy && ModelState.IsValid && Asked[0].Said is not null)
        {
            RefusedForms.Forget(this, Journey.Answers!);
            Asked = [.. Asked.Select(_ => Asked[0])];
            Write();
            await journey.SaveAsync(HttpContext, Journey, Journey.Answers!, ct);
            return Redirect(BookingUrls.Before(run));
        }

        Check(action);
        if (!ModelState.IsValid)
        {
            return await journey.RefuseAsync(this, Journey, ct);
        }

        RefusedForms.Forget(this, Journey.Answers!);
        Write();
        await journey.SaveAsync(HttpContext, Journey, Journey.Answers!, ct);
        return Redirect(journey.DetourFor(Journey) ?? journey.NextPage(Journey, Journey.Answers!));
    }

    private void Check(string? action)
    {
        if (action == Same && Asked[0].Said is null)
        {
            ModelState.AddModelError("Asked[0].Said", "Choose the first answer, then give it to everybody else");
        }

        for (var i = 0; i < Questions.Count && action != Same; i++)
        {
            CheckOne(i);
        }
    }

    private void CheckAnswered()
    {
        for (var i = 0; i < Questions.Count; i++)
        {
            if (Asked[i].Said is not null)
            {
                CheckOne(i);
            }
        }
    }

    private void CheckOne(int index) =>
        this.Check(Asked[index], $"Asked[{index}]", Questions[index].Person.Name ?? "", Questions[index].Prerequisite);

    // One form for each question, whatever was sent.
    private void Complete() => Asked = [.. Questions.Select((_, index) => index < Asked.Count ? Asked[index] : new())];

    private void Write()
    {
        foreach (var (question, form) in Questions.Zip(Asked))
        {
            var others = question.Person.Before?.Where(one => one.CourseId != question.Prerequisite.CourseId) ?? [];
            PrerequisiteAnswer[] own = form.ToAnswer(question.Prerequisite.CourseId) is { } answer ? [answer] : [];
            question.Person.Before = [.. others, .. own];
        }
    }

    private async Task<IActionResult?> LeadAwayAsync(Guid run, CancellationToken ct)
    {
        if (await journey.FindAsync(HttpContext, run, ct) is not { } state)
        {
            return NotFound();
        }

        if (state.Answers is not { HasPeople: true } answers)
        {
            return Redirect(CatalogueUrls.Book(run) + "?restart=true");
        }

        (Journey, Questions) = (state, PrerequisitesOfOrder.Questions(answers, state.Dates));
        return Questions.Count == 0 ? Redirect(journey.NextPage(state, answers)) : null;
    }
}

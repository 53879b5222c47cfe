using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Catalogue;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings.Pages.Staff;

/// <summary>Writing to the people of several dates: the dates are found and ticked here too.</summary>
[ForStaff(StaffRight.RunBookings)]
internal sealed class NewMessageModel(TrainingHubDb db, SendMessage send, EmailRenderer renderer, LinksInEmail links, TimeProvider clock)
    : MessageFormPage(db, send, renderer, links, clock)
{
    /// <summary>In one message.</summary>
    public const int MostDates = 100;
    public const int MostShown = 40;

    [BindProperty(SupportsGet = true)]
    public Guid? Course { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateOnly? From { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateOnly? Until { get; set; }

    /// <summary>Those that are ticked.</summary>
    [BindProperty(SupportsGet = true, Name = "dates")]
    public IReadOnlyList<Guid> Chosen { get; set; } = [];

    public IReadOnlyList<DateLine> Found { get; private set; } = [];
    public IReadOnlyList<SelectListItem> Courses { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct)
    {
        Form = new() { Key = Guid.CreateVersion7(), To = MessageAudience.Delegates };
        await ListAsync(ct);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct) => await ListAsync(ct) ? await PreviewAsync(ct) : Page();

    public async Task<IActionResult> OnPostSendAsync(CancellationToken ct) => await ListAsync(ct) ? await SendAsync(ct) : Page();

    private async Task<bool> ListAsync(CancellationToken ct)
    {
        From ??= London.DateOf(Now);
        Courses = await Db.Courses.OrderBy(course => course.Title).Select(course => new SelectListItem(course.Title, course.Id.ToString())).ToListAsync(ct);
        var chosen = Chosen.Take(MostDates).ToList();
        await ReadDatesAsync(chosen, ct);
        var runs = Db.CourseRuns.Where(run => chosen.Contains(run.Id)
            || (run.State == RunState.Scheduled && run.RunsOn >= From && (Until == null || run.RunsOn <= Until) && (Course == null || run.CourseId == Course)));
        Found = await DateLines.Of(Db, runs.Where(run => run.State != RunState.Draft))
            .OrderByDescending(date => chosen.Contains(date.Id)).ThenBy(date => date.StartsAt).ThenBy(date => date.Id)
            .Take(Math.Max(MostShown, chosen.Count)).ToListAsync(ct);
        if (Request.Method == HttpMethods.Post && Dates.Count == 0)
        {
            ModelState.AddModelError("dates", "Tick at least one date");
        }

        return Dates.Count > 0;
    }
}

using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.Attendance;
using TrainingHub.Bookings;
using TrainingHub.Catalogue;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Desk.Pages.Staff;

/// <summary>Adds a date, or several by a pattern: the days are shown first, and those that had better not be taken are left out.</summary>
[ForStaff(StaffRight.RunProgramme)]
internal sealed class NewDateModel(TrainingHubDb db, AddRuns add, IOptions<DateOptions> options) : PageModel, IDateFields
{
    [BindProperty]
    [Display(Name = "Course"), Required(ErrorMessage = "Select the course")]
    public Guid? CourseId { get; set; }

    [BindProperty]
    public DateForm Form { get; set; } = new() { Delivery = DeliveryMode.InPerson, Start = "9:30", End = "12:30", Capacity = 20 };

    [BindProperty]
    [Display(Name = "Is it repeated?")]
    public Repeat Repeat { get; set; }

    [BindProperty]
    [Display(Name = "How many dates in all"), Range(1, AddRuns.Most, ErrorMessage = "How many dates must be a number from 1 to 60")]
    public int? Count { get; set; }

    /// <summary>Of the days that are shown, those to add.</summary>
    [BindProperty]
    public IReadOnlyList<DateOnly> Chosen { get; set; } = [];

    public DateLists Lists { get; private set; } = null!;
    public IReadOnlyList<SelectListItem> Courses { get; private set; } = [];

    /// <summary>Set when the days are shown before they are added.</summary>
    public IReadOnlyList<PlannedRun>? Plan { get; private set; }

    /// <summary>Of the first day; without one a date is not public.</summary>
    public Price? Price { get; private set; }

    public static IReadOnlyList<SelectListItem> Repeats { get; } =
    [
        new("No, one date", nameof(Repeat.Once)), new("Every week", nameof(Repeat.EveryWeek)), new("Every other week", nameof(Repeat.EveryOtherWeek)),
        new("Every month, on the same weekday of the month", nameof(Repeat.EveryMonth)),
    ];

    /// <param name="from">A date to start from; its day is left to choose.</param>
    /// <param name="course"></param>
    /// <param name="ct"></param>
    public async Task OnGetAsync(Guid? from, Guid? course, CancellationToken ct)
    {
        await ReadAsync(ct);
        CourseId = course;
        Form.Limits = LimitsForm.Of(options.Value.NewDate);
        if (from is { } id && await db.CourseRuns.AsNoTracking().SingleOrDefaultAsync(run => run.Id == id, ct) is { } like)
        {
            (Form, CourseId) = (DateForm.Of(RunFacts.Of(like)), like.CourseId);
            (Form.Day, Form.JoiningLink) = (null, null);
            Form.Limits.HoldNothing();
        }
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        await ReadAsync(ct);
        if (await FactsAsync(ct) is { } facts)
        {
            Plan = await add.PlanAsync(facts, Repeat, Repeat == Repeat.Once ? 1 : Count ?? 1, ct);
        }

        return Page();
    }

    public Task<IActionResult> OnPostSureAsync(CancellationToken ct) => AddAsync(RunState.Scheduled, ct);

    public Task<IActionResult> OnPostDraftAsync(CancellationToken ct) => AddAsync(RunState.Draft, ct);

    private async Task<IActionResult> AddAsync(RunState state, CancellationToken ct)
    {
        await ReadAsync(ct);
        if (await FactsAsync(ct) is not { } facts)
        {
            return Page();
        }

        Plan = await add.PlanAsync(facts, Repeat, Repeat == Repeat.Once ? 1 : Count ?? 1, ct);
        var chosen = Plan.Select(planned => planned.Facts).Where(one => Chosen.Contains(one.RunsOn)).ToList();
        if (chosen.Count == 0)
        {
            ModelState.AddModelError(nameof(Chosen), "Select at least one day");
            return Page();
        }

        var ids = await add.RunAsync(CourseId!.Value, chosen, state, User.Actor(), ct);
        var drafts = await DraftDate.All(db).CountAsync(run => ids.Contains(run.Id), ct);
        TempData["Success"] = (ids.Count, drafts) switch
        {
            (1, 0) => "The date is added.",
            (1, _) => "The date is added as a draft.",
            (_, 0) => $"{ids.Count} dates are added.",
            _ when drafts == ids.Count => $"{ids.Count} dates are added as drafts.",
            _ => $"{ids.Count} dates are added. {drafts} of them stay drafts, because nothing says what they cost.",
        };
        return Redirect(ids.Count == 1 ? BookingUrls.StaffDate(ids[0]) : $"{AttendanceUrls.Dates}?course={CourseId}");
    }

    public async Task<IActionResult> OnPostBackAsync(CancellationToken ct)
    {
        await ReadAsync(ct);
        ModelState.Clear();
        return Page();
    }

    private async Task<RunFacts?> FactsAsync(CancellationToken ct)
    {
        if (CourseId is { } course && !Courses.Any(item => item.Value == $"{course}"))
        {
            ModelState.AddModelError(nameof(CourseId), "Select the course from the list");
        }

        if (Repeat != Repeat.Once && Count is null)
        {
            ModelState.AddModelError(nameof(Count), "Enter how many dates there are in all");
        }

        if (Form.Read(ModelState, Lists) is not { } facts || CourseId is not { } chosen)
        {
            return null;
        }

        Price = await add.PriceAsync(chosen, facts, ct);
        return facts;
    }

    private async Task ReadAsync(CancellationToken ct)
    {
        Lists = await DateLists.ReadAsync(db, facts: null, ct);
        Courses = await db.Courses.Where(course => course.ArchivedAt == null).OrderBy(course => course.OfferOrder == null).ThenBy(course => course.Title)
            .Select(course => new SelectListItem(course.Title, course.Id.ToString())).ToListAsync(ct);
    }
}

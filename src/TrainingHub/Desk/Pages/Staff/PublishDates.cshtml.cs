using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Attendance;
using TrainingHub.Bookings;
using TrainingHub.Catalogue;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;
using TrainingHub.Platform.Web.TagHelpers;

namespace TrainingHub.Desk.Pages.Staff;

/// <summary>Before drafts are published: which, at what fee, what they lack, which cannot be and why, and who is told.</summary>
[ForStaff(StaffRight.RunProgramme)]
internal sealed class PublishDatesModel(TrainingHubDb db, PublishRuns publish, TimeProvider clock) : PageModel
{
    /// <summary>The dates that were ticked.</summary>
    [BindProperty(SupportsGet = true, Name = TickTagHelper.Parameter)]
    public List<Guid> Chosen { get; set; } = [];

    /// <summary>All drafts, or all of <see cref="Year"/> and <see cref="Course"/>.</summary>
    [BindProperty(SupportsGet = true)]
    public bool All { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Year { get; set; }

    [BindProperty(SupportsGet = true)]
    public Guid? Course { get; set; }

    public IReadOnlyList<DraftDate> Ready { get; private set; } = [];
    public IReadOnlyList<(DraftDate Date, PublishRefusal Why)> Refused { get; private set; } = [];

    /// <summary>Who asked to hear of dates of a course that visitors then see.</summary>
    public int Told { get; private set; }

    public async Task OnGetAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var drafts = await DraftDate.ReadAsync(db, Wanted(), ct);
        Ready = [.. drafts.Where(date => date.WhyNotPublish(now) is null)];
        Refused = [.. drafts.Select(date => (date, Why: date.WhyNotPublish(now))).Where(one => one.Why is not null).Select(one => (one.date, one.Why!.Value))];
        var courses = Ready.Where(date => !date.IsOfDraftCourse).Select(date => date.Line.CourseId).Distinct().ToList();
        Told = await db.DateWishes.CountAsync(wish => wish.EndsAt > now && wish.RunId == null && courses.Contains(wish.CourseId), ct);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var done = await publish.RunAsync(Chosen, User.Actor(), ct);
        var left = Chosen.Count - done;
        TempData["Success"] = (done, left) switch
        {
            (0, _) => "Nothing was published: somebody was faster, or the dates have changed.",
            (1, 0) => "The date is published.",
            (_, 0) => $"{done} dates are published.",
            _ => $"{(done == 1 ? "1 date is" : $"{done} dates are")} published. {left} had changed meanwhile and {(left == 1 ? "was" : "were")} not.",
        };
        return Redirect(Chosen is [var one] ? BookingUrls.StaffDate(one) : Year is not null ? $"{AttendanceUrls.Dates}?period={Uri.EscapeDataString(Year)}" : AttendanceUrls.Dates);
    }

    private IQueryable<CourseRun> Wanted()
    {
        if (!All)
        {
            return db.CourseRuns.Where(run => Chosen.Contains(run.Id));
        }

        var drafts = DraftDate.All(db).Where(run => Course == null || run.CourseId == Course);
        return Year is { } typed && FinancialYear.Parse(typed) is { } year ? drafts.Where(run => run.RunsOn >= year.From && run.RunsOn <= year.To) : drafts;
    }
}

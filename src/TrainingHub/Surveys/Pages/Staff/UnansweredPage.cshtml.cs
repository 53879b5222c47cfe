using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;
using TrainingHub.Platform.Files;
using TrainingHub.Platform.Web;

namespace TrainingHub.Surveys.Pages.Staff;

/// <summary>How many of those who can still answer have not, by date and organisation. Counts, nobody's name.</summary>
[ForStaff(StaffRight.ReadResults)]
internal sealed class UnansweredPageModel(TrainingHubDb db, TimeProvider clock) : PageModel
{
    public const int Most = 200;
    public const int QueryLength = 100;

    internal sealed record Row(Guid RunId, string Course, DateOnly RunsOn, string? Organisation, int Asked, int Waiting, DateTimeOffset ClosesAt)
    {
        public DateOnly LastDay => London.DateOf(ClosesAt).AddDays(-1);
    }

    /// <summary>Part of the course's title or of the organisation's name.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    /// <summary>"date", "organisation" or "waiting", with a hyphen before it for the opposite order.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Sort { get; set; }

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    /// <summary>Lines that match, of which the first are shown; and how many people they are.</summary>
    public int Total { get; private set; }
    public int Asked { get; private set; }
    public int Waiting { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var open = SurveyInvitation.OpenStates;
        var part = Q is { Length: > 0 and <= QueryLength } words ? Likeness.Part(words) : "%";
        var rows = Ordered(await (
            from invitation in db.SurveyInvitations
            where invitation.Moment == SurveyMoment.ThreeMonths && invitation.ClosesAt > now && open.Contains(invitation.State)
            join place in db.Places on invitation.PlaceId equals place.Id
            join booking in db.Bookings on place.BookingId equals booking.Id
            join run in db.CourseRuns on place.RunId equals run.Id
            join course in db.Courses on run.CourseId equals course.Id
            where EF.Functions.ILike(course.Title, part) || EF.Functions.ILike(booking.OrganisationName!, part)
            group invitation by new { run.Id, course.Title, run.RunsOn, booking.OrganisationName } into line
            where line.Any(invitation => invitation.State == InvitationState.Sent)
            orderby line.Key.RunsOn, line.Key.Title, line.Key.OrganisationName
            select new Row(
                line.Key.Id, line.Key.Title, line.Key.RunsOn, line.Key.OrganisationName, line.Count(),
                line.Count(invitation => invitation.State == InvitationState.Sent), line.Max(invitation => invitation.ClosesAt!.Value)))
            .Take(ListFile.MostRows)
            .ToListAsync(ct));
        if (ListFile.IsWanted(Request))
        {
            return await ListFile.AnswerAsync(Request, "surveys-not-answered", FileOf(rows), ct);
        }

        (Total, Asked, Waiting, Rows) = (rows.Count, rows.Sum(row => row.Asked), rows.Sum(row => row.Waiting), [.. rows.Take(Most)]);
        return Page();
    }

    private List<Row> Ordered(List<Row> rows) => Sort switch
    {
        "-date" => [.. rows.AsEnumerable().Reverse()],
        "organisation" => [.. rows.OrderBy(row => row.Organisation)],
        "-organisation" => [.. rows.OrderByDescending(row => row.Organisation)],
        "waiting" => [.. rows.OrderBy(row => row.Waiting)],
        "-waiting" => [.. rows.OrderByDescending(row => row.Waiting)],
        _ => rows,
    };

    private static TextTable FileOf(IEnumerable<Row> rows) => new(
        ["course", "date", "organisation", "asked", "not_answered", "until"],
        [.. rows.Select(row => new[]
        {
            row.Course, Day(row.RunsOn), row.Organisation ?? "", row.Asked.ToString(CultureInfo.InvariantCulture),
            row.Waiting.ToString(CultureInfo.InvariantCulture), Day(row.LastDay),
        })]);

    private static string Day(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);
}

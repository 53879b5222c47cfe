using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Files;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings.Pages.Staff;

/// <summary>Who waits for which coming date, in the order of joining.</summary>
[ForStaff(StaffRight.ReadBookings, Act = [StaffRight.RunBookings])]
internal sealed class WaitingListsModel(TrainingHubDb db, TimeProvider clock) : PageModel
{
    public const int QueryLength = 100;
    private const int Most = 500;

    public IReadOnlyList<WaitingDate> Dates { get; private set; } = [];

    /// <summary>Part of a person's name or address.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    /// <summary>Only this date.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid? Date { get; set; }

    private IReadOnlySet<string> noMailbox = new HashSet<string>();

    /// <summary>A mail server has said that it does not know the address.</summary>
    public bool HasNoMailbox(string address) => noMailbox.Contains(EmailAddress.KeyOf(address));

    public bool IsFiltered => Q is { Length: > 0 } || Date is not null;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        var part = Q is { Length: <= QueryLength } typed ? PersonKey.NameOf(typed) : "";
        var now = clock.GetUtcNow();
        var rows = await (
            from entry in db.WaitingListEntries.AsNoTracking()
            join run in db.CourseRuns on entry.RunId equals run.Id
            join course in db.Courses on run.CourseId equals course.Id
            where entry.State == WaitingState.Waiting && run.StartsAt > now
                && (Date == null || run.Id == Date)
                && (part == "" || PersonKey.OfColumn(entry.Name).Contains(part) || PersonKey.OfColumn(entry.Email).Contains(part))
            orderby run.StartsAt, run.Id, entry.CreatedAt, entry.Id
            select new
            {
                run.Id,
                course.Title,
                run.StartsAt,
                run.PlacesLeft,
                HeldBack = run.HeldBackUntil > now ? run.HeldBackLeft : 0,
                IsClosed = run.BooksUntil <= now,
                Person = new WaitingPerson(entry.Id, entry.Name, entry.Email, entry.PlacesWanted, entry.CreatedAt),
            }).Take(ListFile.IsWanted(Request) ? ListFile.MostRows : Most).ToListAsync(ct);
        if (ListFile.IsWanted(Request))
        {
            return await ListFile.AnswerAsync(Request, "waiting-lists", new TextTable(
                ["course", "date", "name", "email", "places", "joined"],
                [.. rows.Select(row => new[]
                {
                    row.Title, London.DateOf(row.StartsAt).ToString("O", CultureInfo.InvariantCulture), row.Person.Name, row.Person.Email,
                    row.Person.PlacesWanted.ToString(CultureInfo.InvariantCulture), London.Moment(row.Person.JoinedAt),
                })]), ct);
        }

        noMailbox = await UndeliverableAddress.AmongAsync(db, rows.Select(row => row.Person.Email), ct);
        Dates = [.. rows.GroupBy(row => row.Id).Select(group => new WaitingDate(
            group.Key, group.First().Title, London.Moment(group.First().StartsAt), group.First().PlacesLeft, group.First().HeldBack, group.First().IsClosed, [.. group.Select(row => row.Person)]))];
        return Page();
    }
}

/// <param name="Id"></param>
/// <param name="Course"></param>
/// <param name="When"></param>
/// <param name="PlacesLeft">Also those held back.</param>
/// <param name="HeldBack">Of those left, held for one sector at this moment.</param>
/// <param name="IsClosed">Nobody can book any more, so that a freed place goes to nobody.</param>
/// <param name="People"></param>
internal sealed record WaitingDate(Guid Id, string Course, string When, int PlacesLeft, int HeldBack, bool IsClosed, IReadOnlyList<WaitingPerson> People);

internal sealed record WaitingPerson(Guid Id, string Name, string Email, int PlacesWanted, DateTimeOffset JoinedAt);

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

/// <summary>Who waits for which coming date, in the order in which they are offered places, and for which courses dates are wanted.</summary>
[ForStaff(StaffRight.ReadBookings, Act = [StaffRight.RunBookings])]
internal sealed class WaitingListsModel(TrainingHubDb db, TimeProvider clock) : PageModel
{
    public const int QueryLength = 100;
    private const int Most = 500;

    public IReadOnlyList<WaitingDate> Dates { get; private set; } = [];

    /// <summary>Courses of which people want a date; not shown while the list is filtered.</summary>
    public IReadOnlyList<WantedCourse> Wanted { get; private set; } = [];

    public DateTimeOffset Now { get; private set; }

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
            where (entry.State == WaitingState.Waiting || entry.State == WaitingState.Offered || entry.State == WaitingState.SetAside) && run.StartsAt > now
                && (Date == null || run.Id == Date)
                && (part == "" || PersonKey.OfColumn(entry.Name).Contains(part) || PersonKey.OfColumn(entry.Email).Contains(part))
            orderby run.StartsAt, run.Id, entry.IsPriority descending, entry.CreatedAt, entry.Id
            select new
            {
                run.Id,
                course.Title,
                run.StartsAt,
                run.PlacesLeft,
                run.PlacesOffered,
                HeldBack = run.HeldBackUntil > now ? run.HeldBackLeft : 0,
                IsClosed = run.BooksUntil <= now,
                Person = new WaitingPerson(entry.Id, entry.Name, entry.Email, entry.PlacesWanted, entry.CreatedAt, entry.State, entry.IsPriority, entry.OfferedUntil),
            }).Take(ListFile.IsWanted(Request) ? ListFile.MostRows : Most).ToListAsync(ct);
        if (ListFile.IsWanted(Request))
        {
            return await ListFile.AnswerAsync(Request, "waiting-lists", new TextTable(
                ["course", "date", "name", "email", "places", "joined", "standing"],
                [.. rows.Select(row => new[]
                {
                    row.Title, London.DateOf(row.StartsAt).ToString("O", CultureInfo.InvariantCulture), row.Person.Name, row.Person.Email,
                    row.Person.PlacesWanted.ToString(CultureInfo.InvariantCulture), London.Moment(row.Person.JoinedAt), row.Person.Standing(now),
                })]), ct);
        }

        noMailbox = await UndeliverableAddress.AmongAsync(db, rows.Select(row => row.Person.Email), ct);
        Dates = [.. rows.GroupBy(row => row.Id).Select(group => new WaitingDate(
            group.Key, group.First().Title, London.Moment(group.First().StartsAt), group.First().PlacesLeft, group.First().PlacesOffered, group.First().HeldBack, group.First().IsClosed, [.. group.Select(row => row.Person)]))];
        Now = now;
        Wanted = IsFiltered ? [] : await DatesWanted.ReadAsync(db, now, ct);
        return Page();
    }
}

/// <param name="Id"></param>
/// <param name="Course"></param>
/// <param name="When"></param>
/// <param name="PlacesLeft">Also those held back and those offered.</param>
/// <param name="PlacesOffered">Of those left, kept for who has an offer.</param>
/// <param name="HeldBack">Of those left, held for one sector at this moment.</param>
/// <param name="IsClosed">Nobody can book any more: the list closes within a minute.</param>
/// <param name="People">In order.</param>
internal sealed record WaitingDate(
    Guid Id, string Course, string When, int PlacesLeft, int PlacesOffered, int HeldBack, bool IsClosed, IReadOnlyList<WaitingPerson> People)
{
    /// <summary>Free, and offered to nobody, because the next one wants more.</summary>
    public int Gathered => IsClosed ? 0 : Math.Max(0, PlacesLeft - HeldBack - PlacesOffered);

    public WaitingPerson? Next => People.FirstOrDefault(person => person.State == WaitingState.Waiting);

    /// <summary>From 1; null for who is not to come in the order.</summary>
    public int? PositionOf(WaitingPerson person) =>
        person.State == WaitingState.Waiting ? People.Where(one => one.State == WaitingState.Waiting).ToList().IndexOf(person) + 1 : null;
}

internal sealed record WaitingPerson(
    Guid Id, string Name, string Email, int PlacesWanted, DateTimeOffset JoinedAt, WaitingState State, bool IsPriority, DateTimeOffset? OfferedUntil)
{
    /// <summary>"Offered until 7 December 2026 at 4:50pm, 3 hours left".</summary>
    public string Standing(DateTimeOffset now) => State switch
    {
        WaitingState.Offered when OfferedUntil is { } until => $"Offered until {London.Moment(until)}, {Left(until - now)}",
        WaitingState.SetAside => "Set aside",
        WaitingState.Offered or WaitingState.Waiting => IsPriority ? "Waits, put first by staff" : "Waits",
        WaitingState.Booked or WaitingState.Declined or WaitingState.Lapsed or WaitingState.Left or WaitingState.Closed => "Does not wait",
    };

    private static string Left(TimeSpan time) => time.TotalHours switch
    {
        <= 0 => "over",
        < 1 => $"{Math.Max(1, (int)time.TotalMinutes)} min left",
        < 2 => "1 hour left",
        < 48 => $"{(int)time.TotalHours} hours left",
        _ => $"{(int)time.TotalDays} days left",
    };
}

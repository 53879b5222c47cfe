using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Attendance;
using TrainingHub.Bookings;
using TrainingHub.Catalogue;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Desk.Pages.Staff;

internal sealed record DateDelegate(
    Guid PlaceId, Guid BookingId, string Reference, string? Name, string? Email, string? Organisation, string Sector, string Area,
    string? AccessNeeds, PaymentMethod Method, BookingOrigin Origin, int PricePence, PlaceState State, Mark? Mark)
{
    /// <inheritdoc cref="Place.AwaitsName"/>
    public bool AwaitsName { get; init; }

    public string NameWords => Name ?? (AwaitsName ? "Not named yet" : "Name not held");
}

internal sealed record Waiter(Guid Id, string Name, string Email, int PlacesWanted, DateTimeOffset CreatedAt, WaitingState State, DateTimeOffset? OfferedUntil);

[ForStaff(StaffRight.ReadProgramme)]
internal sealed class DateModel(TrainingHubDb db, TimeProvider clock) : PageModel
{
    private IReadOnlyDictionary<Guid, OwedAndPaid> money = new Dictionary<Guid, OwedAndPaid>();

    public DateLine Date { get; private set; } = null!;
    public IReadOnlyList<DateDelegate> Live { get; private set; } = [];
    public IReadOnlyList<DateDelegate> Cancelled { get; private set; } = [];
    /// <summary>By place, where people are asked about a course to take before.</summary>
    public IReadOnlyDictionary<Guid, PrerequisiteRecord> Before { get; private set; } = new Dictionary<Guid, PrerequisiteRecord>();
    public IReadOnlyList<Waiter> Waiting { get; private set; } = [];
    public bool CanMark { get; private set; }
    public CourseRun Run { get; private set; } = null!;
    public DateTimeOffset Now { get; private set; }
    public IReadOnlyList<HistoryEntry> History { get; private set; } = [];

    /// <summary>What staff saw there, for those who run the programme; null for others.</summary>
    public IReadOnlyList<(Guid Id, string? By)>? Observations { get; private set; }

    /// <summary>Set while it is a draft.</summary>
    public DraftDate? Draft { get; private set; }

    /// <summary>It has a programme of sessions.</summary>
    public bool IsEvent { get; private set; }

    public bool CanObserve => Date.State == RunState.Scheduled && Date.StartsAt <= Now;

    public bool CanChange => Run.CanChangeAt(Now);

    /// <summary>Whether staff may book for somebody; who comes after it began is entered at the register.</summary>
    public bool CanBook => Run.IsOpenAt(Now) && Date.Price is not null;

    /// <summary>Whether there is anybody who could be moved to another date.</summary>
    public bool CanMerge => Run.IsOpenAt(Now) && Live.Count > 0;

    /// <summary>How far it is under its minimum, while something can be done about it.</summary>
    public string? TooFew => CanChange ? DateLimitWords.TooFew(Date, London.DateOf(Now)) : null;

    /// <summary>Of the booking's places on this date, whatever else it has.</summary>
    public string PaymentWords(DateDelegate delegated)
    {
        if (delegated is { Method: PaymentMethod.FreePlace, State: PlaceState.Held })
        {
            return "Free place not decided, or not given";
        }

        var words = PaidSoFar.Words(delegated.Method, delegated.Origin, money.GetValueOrDefault(delegated.BookingId));
        var places = Live.Count(place => place.BookingId == delegated.BookingId);
        return places == 1 || !words.Contains('£', StringComparison.Ordinal) ? words : $"{words} ({places} places)";
    }

    public async Task<IActionResult> OnGetAsync(Guid run, CancellationToken ct)
    {
        if (await DateLines.FindAsync(db, run, ct) is not { } date)
        {
            return NotFound();
        }

        (Date, Now) = (date, clock.GetUtcNow());
        Run = await db.CourseRuns.AsNoTracking().SingleAsync(one => one.Id == run, ct);
        IsEvent = await db.Courses.AnyAsync(course => course.Id == date.CourseId && course.Kind != CourseKind.Course, ct);
        Draft = Run.State != RunState.Draft ? null : (await DraftDate.ReadAsync(db, db.CourseRuns.Where(one => one.Id == run), ct)).SingleOrDefault();
        History = RegisterHistory.Together(await HistoryEntry.AboutAsync(db, [run], ct));
        Observations = User.May(StaffRight.RunProgramme) ? await ObservationsAsync(run, ct) : null;
        CanMark = Attendance.Register.WhyNotMark(date.State, date.RunsOn, Now) is null;
        var all = await DelegatesAsync(run, ct);
        Live = [.. all.Where(place => Place.LiveStates.Contains(place.State))];
        Cancelled = [.. all.Where(place => place.State == PlaceState.Cancelled)];
        Before = await PrerequisiteRecord.OfAsync(db, db.Places.Where(place => place.RunId == run && Place.LiveStates.Contains(place.State)), ct);
        money = await PaidSoFar.OnDateAsync(db, run, ct);
        Waiting = await db.WaitingListEntries.Where(entry => entry.RunId == run).Where(WaitingListEntry.IsLive).InOrder()
            .Select(entry => new Waiter(entry.Id, entry.Name, entry.Email, entry.PlacesWanted, entry.CreatedAt, entry.State, entry.OfferedUntil))
            .ToListAsync(ct);
        return Page();
    }

    private async Task<List<(Guid Id, string? By)>> ObservationsAsync(Guid run, CancellationToken ct) => (await (
        from one in db.CourseObservations
        from user in db.Users.Where(user => user.Id == one.ObservedById).DefaultIfEmpty()
        where one.RunId == run && one.ArchivedAt == null
        orderby one.Id
        select new { one.Id, user.Name }).ToListAsync(ct)).ConvertAll(one => (one.Id, (string?)one.Name));

    private Task<List<DateDelegate>> DelegatesAsync(Guid run, CancellationToken ct) => (
        from place in db.Places
        join booking in db.Bookings on place.BookingId equals booking.Id
        join sector in db.Sectors on booking.SectorId equals sector.Id
        join area in db.Areas on booking.AreaId equals area.Id
        where place.RunId == run && place.State != PlaceState.Expired
        orderby place.DelegateName == null, place.DelegateName, booking.Reference, place.Id
        select new DateDelegate(
            place.Id,
            booking.Id,
            booking.Reference,
            place.DelegateName,
            db.People.Where(person => person.Id == place.PersonId).Select(person => person.Email).FirstOrDefault(),
            booking.OrganisationName,
            sector.Name,
            area.Name,
            place.AccessNeeds,
            booking.PaymentMethod,
            booking.Origin,
            place.PricePence,
            place.State,
            db.AttendanceMarks.Where(mark => mark.PlaceId == place.Id).Select(mark => (Mark?)mark.Mark).FirstOrDefault())
        { AwaitsName = place.AwaitsName }).ToListAsync(ct);
}

using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Files;
using TrainingHub.Platform.Web;

namespace TrainingHub.Payments.Pages.Staff;

/// <summary>What places cost although they were cancelled or not used: proposed by the register and the policy, raised or waived by staff.</summary>
[ForStaff(StaffRight.ReadMoney, Act = [StaffRight.HandleMoney])]
internal sealed class ChargesModel(TrainingHubDb db) : PageModel
{
    internal const int PageSize = 50;
    internal const int QueryLength = 100;

    // With members by name, so that the database can filter and sort by them.
    internal sealed record Line
    {
        public required Guid Id { get; init; }
        public required ChargeKind Kind { get; init; }
        public required ChargeState State { get; init; }
        public required int PricePence { get; init; }
        public required int Pence { get; init; }
        public required string? WaivedFor { get; init; }
        public required DateTimeOffset ProposedAt { get; init; }
        public required DateTimeOffset? DecidedAt { get; init; }
        public required string Reference { get; init; }
        public required string? To { get; init; }
        public required string? Name { get; init; }
        public required string Course { get; init; }
        public required DateOnly On { get; init; }

        /// <summary>Staff can still do something about it.</summary>
        public bool IsOpen => Pence > 0 && State is ChargeState.Proposed or ChargeState.Raised;
    }

    /// <summary>A state of charges, or null for all of them.</summary>
    [BindProperty(SupportsGet = true)]
    public string Show { get; set; } = nameof(ChargeState.Proposed);

    /// <summary>A reference, or part of the organisation, the booker, who had the place, or the course.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    /// <summary>"date", "amount" or "to", with a hyphen before it for the opposite order.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Sort { get; set; }

    // From the query alone: "page" is also the route value that names the Razor page.
    [FromQuery(Name = "page")]
    public int PageNumber { get; set; } = 1;

    public IReadOnlyList<Line> Lines { get; private set; } = [];
    public int Total { get; private set; }
    public int Pages => (Total + PageSize - 1) / PageSize;
    public bool IsFiltered => Q is { Length: > 0 } || Show != nameof(ChargeState.Proposed);

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        var wanted = Wanted();
        if (ListFile.IsWanted(Request))
        {
            return await ListFile.AnswerAsync(Request, "charges", ChargeFile(await Ordered(wanted).Take(ListFile.MostRows).ToListAsync(ct)), ct);
        }

        Total = await wanted.CountAsync(ct);
        PageNumber = Math.Clamp(PageNumber, 1, Math.Max(Pages, 1));
        Lines = await Ordered(wanted).Skip((PageNumber - 1) * PageSize).Take(PageSize).ToListAsync(ct);
        return Page();
    }

    // What cost nothing is kept for the money of its place, and is no charge to anybody.
    private IQueryable<Line> Wanted()
    {
        var charges = db.PlaceCharges.AsNoTracking().Where(charge => charge.Pence > 0);
        if (Enum.TryParse<ChargeState>(Show, out var state))
        {
            charges = charges.Where(charge => charge.State == state);
        }

        var lines = LinesOf(db, charges);
        if (Q?.Trim() is not { Length: > 0 and <= QueryLength } query)
        {
            return lines;
        }

        var (reference, part) = (Reference.Normalise(query), PersonKey.NameOf(query));
        return lines.Where(line => line.Reference == reference
            || PersonKey.OfColumn(line.To).Contains(part) || PersonKey.OfColumn(line.Name).Contains(part) || PersonKey.OfColumn(line.Course).Contains(part));
    }

    /// <summary>Charges with what they are about.</summary>
    public static IQueryable<Line> LinesOf(TrainingHubDb db, IQueryable<PlaceCharge> charges) =>
        from charge in charges
        join booking in db.Bookings on charge.BookingId equals booking.Id
        join place in db.Places on charge.PlaceId equals place.Id
        join run in db.CourseRuns on place.RunId equals run.Id
        join course in db.Courses on run.CourseId equals course.Id
        select new Line
        {
            Id = charge.Id,
            Kind = charge.Kind,
            State = charge.State,
            PricePence = charge.PricePence,
            Pence = charge.Pence,
            WaivedFor = charge.WaivedFor,
            ProposedAt = charge.ProposedAt,
            DecidedAt = charge.DecidedAt,
            Reference = booking.Reference,
            To = booking.OrganisationName ?? booking.BookerName,
            Name = place.DelegateName,
            Course = course.Title,
            On = run.RunsOn,
        };

    private IQueryable<Line> Ordered(IQueryable<Line> lines) => Sort switch
    {
        "-date" => lines.OrderByDescending(line => line.On).ThenBy(line => line.Id),
        "amount" => lines.OrderBy(line => line.Pence).ThenBy(line => line.Id),
        "-amount" => lines.OrderByDescending(line => line.Pence).ThenBy(line => line.Id),
        "to" => lines.OrderBy(line => line.To).ThenBy(line => line.Id),
        "-to" => lines.OrderByDescending(line => line.To).ThenBy(line => line.Id),
        _ => lines.OrderBy(line => line.On).ThenBy(line => line.Id),
    };

    private static TextTable ChargeFile(IReadOnlyList<Line> lines) => new(
        ["booking", "to", "name", "course", "date", "why", "price", "charge", "state", "waived_for", "proposed", "decided"],
        [.. lines.Select(line => new[]
        {
            line.Reference, line.To ?? "", line.Name ?? "", line.Course, line.On.ToString("O", CultureInfo.InvariantCulture), ChargeWords.Kind(line.Kind),
            new Money(line.PricePence).Amount, new Money(line.Pence).Amount, ChargeWords.State(line.State), line.WaivedFor ?? "",
            London.DateOf(line.ProposedAt).ToString("O", CultureInfo.InvariantCulture),
            line.DecidedAt is { } decided ? London.DateOf(decided).ToString("O", CultureInfo.InvariantCulture) : "",
        })]);
}

using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Portal.Pages;

/// <summary>Which of the bookings are listed.</summary>
internal enum ShownBookings
{
    Coming,
    Past,
    Cancelled,
}

/// <summary>All bookings that were made with the address: who comes, what is to pay and what was spent. Each leads to its own page, which the sign-in opens.</summary>
[EnableRateLimiting(RateLimits.Forms)]
internal sealed class MyBookingsModel(TrainingHubDb db, SignedInAddress signedIn, SendAgain again, KeepLeads leads, TimeProvider clock) : SignedInPage(db, signedIn)
{
    /// <summary>More than anybody has booked; the file has no more either.</summary>
    private const int MostPlaces = 5000;
    public const int MostBookings = 100;
    public const int QueryLength = 100;

    // As many as are seen at a glance.
    private const int FewPlaces = 5;

    /// <summary>Who acts when a booker has their own link sent.</summary>
    private static readonly Actor Booker = new(Guid.Empty, "Who booked");

    [BindProperty(SupportsGet = true)]
    [Display(Name = "Person, course or reference"), StringLength(QueryLength)]
    public string? Q { get; set; }

    [BindProperty(SupportsGet = true)]
    [Display(Name = "Year of the course")]
    public string? Year { get; set; }

    [BindProperty(SupportsGet = true)]
    public ShownBookings Show { get; set; }

    public DateTimeOffset Now { get; } = clock.GetUtcNow();

    /// <summary>Those that are listed; at most <see cref="MostBookings"/>.</summary>
    public IReadOnlyList<ListedBooking> Listed { get; private set; } = [];

    /// <summary>How many match, whether they are listed or not, by what they are.</summary>
    public IReadOnlyDictionary<ShownBookings, int> Counts { get; private set; } = new Dictionary<ShownBookings, int>();
    public IReadOnlyList<DuePayment> Due { get; private set; } = [];
    public IReadOnlyList<SpentYear> Spent { get; private set; } = [];
    public IReadOnlyList<SelectListItem> Years { get; private set; } = [];

    /// <summary>Invitations to look after an organisation that wait for an answer.</summary>
    public IReadOnlyList<LedOrganisation> Invitations { get; private set; } = [];

    /// <summary>Whether somebody at this address has places of their own.</summary>
    public bool HasTraining { get; private set; }
    public bool HasBookings { get; private set; }

    /// <summary>There is so much that somebody may want to search.</summary>
    public bool IsLong { get; private set; }
    public bool IsFiltered => Q is not null || Year is not null;

    /// <summary>For the forms that send a link, so that a second click sends nothing.</summary>
    public Guid NewKey => Guid.CreateVersion7(Now);

    public async Task<IActionResult> OnGetAsync(string? file, CancellationToken ct)
    {
        var places = await ReadAsync(ct);
        var matching = places.Where(Matches).ToList();
        if (file == "csv")
        {
            return File(SeenFile.Write(matching, Now), SeenFile.ContentType, "my-bookings.csv");
        }

        var needs = await NeedsAsync(ct);
        var bookings = matching.GroupBy(place => place.BookingId).Select(booking => new ListedBooking([.. booking], needs, Now)).ToList();
        Counts = Enum.GetValues<ShownBookings>().ToDictionary(show => show, show => bookings.Count(booking => booking.Kind == show));
        Listed = [.. InOrder(bookings.Where(booking => booking.Kind == Show)).Take(MostBookings)];
        (HasBookings, IsLong) = (places.Count > 0, places.Count > FewPlaces || IsFiltered);
        Due = await DuePayment.OfAsync(Db, Mine, Now, ct);
        Spent = SpentYear.Of(places);
        Years = [.. places.Select(place => place.Year).Distinct().OrderByDescending(year => year.StartsIn).Select(year => new SelectListItem(year.ToString(), year.ToString()))];
        HasTraining = await Db.People.AnyAsync(person => person.EmailKey == Email, ct);
        Invitations = await (
            from lead in Db.OrganisationLeads
            join organisation in Db.Organisations on lead.OrganisationId equals organisation.Id
            where lead.Email == Email && lead.AcceptedAt == null
            orderby organisation.Name
            select new LedOrganisation(lead.Id, organisation.Name)).ToListAsync(ct);
        return Page();
    }

    /// <summary>Sends the email about a booking once more, to the same address that is signed in.</summary>
    public async Task<IActionResult> OnPostSendLinkAsync(string? reference, Guid key, CancellationToken ct)
    {
        var normal = Reference.Normalise(reference ?? "");
        if (await Mine.Where(booking => booking.Reference == normal).Select(booking => (Guid?)booking.Id).SingleOrDefaultAsync(ct) is not { } id)
        {
            return NotFound();
        }

        TempData["Notice"] = key != Guid.Empty && await again.ToBookerAsync(id, key, Booker, ct)
            ? $"The email about booking {normal} is on its way to you, with a new link in it."
            : $"There is nothing to send about booking {normal} any more. You can open it here.";
        return LocalRedirect("~" + PortalUrls.Bookings);
    }

    public async Task<IActionResult> OnPostAcceptAsync(Guid invitation, CancellationToken ct)
    {
        if (!await leads.AcceptAsync(invitation, Email, ct))
        {
            return NotFound();
        }

        var organisation = await Db.OrganisationLeads.Where(lead => lead.Id == invitation).Select(lead => lead.OrganisationId).SingleAsync(ct);
        return LocalRedirect("~" + PortalUrls.Organisation(organisation));
    }

    public async Task<IActionResult> OnPostDeclineAsync(Guid invitation, CancellationToken ct)
    {
        var organisation = await Db.OrganisationLeads.Where(lead => lead.Id == invitation && lead.Email == Email && lead.AcceptedAt == null)
            .Select(lead => (Guid?)lead.OrganisationId).SingleOrDefaultAsync(ct);
        if (organisation is not { } id)
        {
            return NotFound();
        }

        await leads.RemoveAsync(id, invitation, KeepLeads.Lead, ct);
        TempData["Notice"] = "You have declined the invitation.";
        return LocalRedirect("~" + PortalUrls.Bookings);
    }

    private IQueryable<Booking> Mine => Db.Bookings.Where(booking => booking.BookerEmailKey == Email);

    private Task<List<SeenPlace>> ReadAsync(CancellationToken ct) => SeenPlace.Of(Db, Mine).Take(MostPlaces).ToListAsync(ct);

    // Of their own bookings, where they gave them.
    private Task<Dictionary<Guid, string>> NeedsAsync(CancellationToken ct) =>
        Db.Places.Where(place => place.AccessNeeds != null && Mine.Any(booking => booking.Id == place.BookingId))
            .ToDictionaryAsync(place => place.Id, place => place.AccessNeeds ?? "", ct);

    private bool Matches(SeenPlace place) =>
        (Year is null || place.Year.ToString() == Year)
        && (Q is not { } words || new[] { place.NameWords, place.Course, place.Reference }.Any(text => text.Contains(words, StringComparison.CurrentCultureIgnoreCase)));

    private static IEnumerable<ListedBooking> InOrder(IEnumerable<ListedBooking> bookings) =>
        bookings.OrderBy(booking => booking.Kind == ShownBookings.Coming ? booking.Next : DateTimeOffset.MaxValue - (booking.Next - DateTimeOffset.MinValue));
}

/// <summary>One booking of the list, with those of its places that match.</summary>
internal sealed class ListedBooking
{
    private readonly IReadOnlyDictionary<Guid, string> needs;

    public ListedBooking(IReadOnlyList<SeenPlace> places, IReadOnlyDictionary<Guid, string> needs, DateTimeOffset now)
    {
        this.needs = needs;
        Places = places;
        var coming = places.Where(place => place.IsLive && now < place.EndsAt).ToList();
        Kind = coming.Count > 0 ? ShownBookings.Coming : places.Any(place => place.IsLive) ? ShownBookings.Past : ShownBookings.Cancelled;
        Next = (coming.Count > 0 ? coming : places).Min(place => place.StartsAt);
    }

    /// <summary>In the order of their dates; at least one.</summary>
    public IReadOnlyList<SeenPlace> Places { get; }
    public ShownBookings Kind { get; }

    /// <summary>When the first date begins that is not over; of what is over, the first of all.</summary>
    public DateTimeOffset Next { get; }
    public string Reference => Places[0].Reference;
    public IEnumerable<IGrouping<Guid, SeenPlace>> Dates => Places.GroupBy(place => place.RunId);

    public string? NeedsOf(SeenPlace place) => needs.GetValueOrDefault(place.PlaceId);
}

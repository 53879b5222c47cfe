using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Catalogue.Pages;

/// <summary>What can be done about a date now.</summary>
internal enum DateStanding
{
    Open,
    Full,

    /// <summary>It has not begun, but nobody can book any more.</summary>
    Closed,

    /// <summary>Nothing says what it costs, so it cannot be booked online.</summary>
    WithoutPrice,
    Started,
    Ended,
    Cancelled,
}

[OutputCache(PolicyName = PublicPages.Policy)]
internal sealed class DateModel(TrainingHubDb db, TimeProvider clock, IOptions<SiteOptions> site) : PageModel
{
    private const int MostOthers = 5;

    internal sealed record CourseHeading(string Slug, string Title, string Summary, string Audience, string? Level, CourseLength? Length, bool IsDraft, CourseKind Kind);

    public required DateLine Date { get; set; }

    public required CourseHeading Course { get; set; }

    public DateStanding Standing { get; private set; }

    public DateTimeOffset Now { get; private set; }

    /// <summary>The course with this one date, while it can be booked or waited for.</summary>
    public string StructuredData { get; private set; } = "";

    /// <summary>Null when it is online or its venue is not known.</summary>
    public VenueDetails? Place { get; private set; }

    /// <summary>The next dates of the course that have places; asked for only when this one cannot be booked.</summary>
    public IReadOnlyList<DateLine> Others { get; private set; } = [];

    /// <summary>The cancellation policy that who books today accepts, for this date; empty when nobody can.</summary>
    public IReadOnlyList<string> Policy { get; private set; } = [];

    /// <summary>Slots and sessions of an event; of a course there are none.</summary>
    public required EventProgramme Programme { get; set; }

    public ShownProgramme Shown => ShownProgramme.Of(Programme, Date, Now);

    /// <summary>Who does not come can ask for what is recorded and shown.</summary>
    public bool OffersRecording => Course.Kind != CourseKind.Course && Date is { State: RunState.Scheduled, IsPublic: true } && Now < AskForDates.EndOf(Date.EndsAt);

    public async Task<IActionResult> OnGetAsync(Guid run, CancellationToken ct)
    {
        var found = await DateLines.Of(db, db.CourseRuns.Where(one => one.Id == run))
            .Join(db.Courses, line => line.CourseId, course => course.Id, (line, course) => new
            {
                Date = line,
                Course = new CourseHeading(course.Slug, course.Title, course.Summary, course.Audience, course.Level, course.Length, course.IsDraft, course.Kind),
            })
            .SingleOrDefaultAsync(ct);
        if (found is null || found.Course.IsDraft || found.Date.State == RunState.Draft)
        {
            return NotFound();
        }

        var now = clock.GetUtcNow();
        (Date, Course, Standing, Now) = (found.Date, found.Course, StandingOf(found.Date, now), now);
        Programme = await EventProgramme.ReadAsync(db, run, ct);
        Place = (await VenueDetails.OfRunsAsync(db, [run], ct)).GetValueOrDefault(run);
        if (Standing is DateStanding.Open or DateStanding.Full)
        {
            Policy = await CancellationPolicy.OfAsync(db, London.DateOf(now), ct) is { } policy
                ? CancellationWords.OfDate(CancellationTerms.Of(policy, Date.StartsAt), PriceOfAll, Course.Length, now)
                : [];
            StructuredData = Catalogue.StructuredData.Of(
                new StructuredData.CourseWords(Course.Title, Course.Summary, site.Value.Absolute(CatalogueUrls.Course(Course.Slug)), Course.Level),
                site.Value.PartnershipName, site.Value.Absolute, [Date], now);
        }

        if (Standing != DateStanding.Open)
        {
            var open = DateLines.Bookable(db, now, places: 1).Where(other => other.CourseId == Date.CourseId && other.Id != run);
            Others = await DateLines.Of(db, open).OrderBy(other => other.StartsAt).ThenBy(other => other.Id).Take(MostOthers).ToListAsync(ct);
        }

        return Page();
    }

    // Where others pay another price, the words say per cent.
    private Money? PriceOfAll => Date.EachPrice.Select(price => price.Each).Distinct().ToList() is [var one] ? one : null;

    internal static DateStanding StandingOf(DateLine date, DateTimeOffset now)
    {
        if (date.State == RunState.Cancelled)
        {
            return DateStanding.Cancelled;
        }

        if (date.StartsAt <= now)
        {
            return date.EndsAt <= now ? DateStanding.Ended : DateStanding.Started;
        }

        if (date.Price is null)
        {
            return DateStanding.WithoutPrice;
        }

        return date.IsClosedAt(now) ? DateStanding.Closed
            : date.IsFullAt(now) ? DateStanding.Full
            : DateStanding.Open;
    }
}

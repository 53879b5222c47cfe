using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using TrainingHub.Catalogue;
using TrainingHub.Learning;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;
using TrainingHub.Reporting;
using TrainingHub.Surveys;

namespace TrainingHub.Desk.Pages.Staff;

/// <summary>Of one provider: contract, documents, observations, reviews, and its figures beside those of all providers together in three years.</summary>
[ForStaff(StaffRight.RunProgramme)]
internal sealed class ProviderQualityModel(TrainingHubDb db, NpgsqlDataSource database, SaveReview save, TimeProvider clock) : PageModel
{
    private const int MostDates = 5;
    private const int ObservableDays = 90;
    private const int MostRows = 100;

    internal sealed record DocumentRow(Guid Id, DocumentKind Kind, string Name, DateOnly? LastOn, bool IsArchived);

    internal sealed record ObservationRow(Guid Id, string Course, DateOnly On, string? By, DateOnly? FollowUpOn, bool IsFollowedUp, bool IsArchived);

    internal sealed record ReviewRow(Guid Id, DateOnly HeldOn, ReviewOutcome Outcome, string Words, DateOnly? NextOn, bool IsArchived);

    /// <summary>One figure of the provider and of all, year by year.</summary>
    /// <param name="What"></param>
    /// <param name="Words"></param>
    /// <param name="State">Of the dates that it counts, in the list of dates; null where it counts none.</param>
    internal sealed record FigureRow(string What, Func<ProviderFigures, string> Words, string? State = null);

    /// <summary>The last of the three financial years.</summary>
    [BindProperty(SupportsGet = true), Display(Name = "Year, and the two before")]
    public string? Year { get; set; }

    [BindProperty]
    [Display(Name = "First review on", Description = "For example 31 3 2027.")]
    public DateOnly? FirstOn { get; set; }

    /// <summary>Of the day of the first review, where there is none yet.</summary>
    [BindProperty]
    public Guid Key { get; set; } = Guid.CreateVersion7();

    public Provider Provider => provider ?? throw new InvalidOperationException("There is no provider.");

    private Provider? provider;

    public DateOnly Today { get; } = London.DateOf(clock.GetUtcNow());

    /// <summary>Coming dates after the last day of the contract.</summary>
    public int AfterContract { get; private set; }

    public ProviderStanding Standing { get; private set; } = ProviderStanding.None;

    /// <summary>All but those that a newer one replaced.</summary>
    public IReadOnlyList<DocumentRow> Documents { get; private set; } = [];
    public IReadOnlyList<ObservationRow> Observations { get; private set; } = [];

    /// <summary>Dates of the last weeks, to be observed.</summary>
    public IReadOnlyList<DateLine> Recent { get; private set; } = [];

    /// <summary>Those that were held, the last first.</summary>
    public IReadOnlyList<ReviewRow> Reviews { get; private set; } = [];

    /// <summary>The day of the first review, while none was held.</summary>
    public ProviderReview? Planned { get; private set; }
    public IReadOnlyList<SelectListItem> YearChoices { get; private set; } = [];

    /// <summary>The last first.</summary>
    public IReadOnlyList<FinancialYear> Years { get; private set; } = [];
    public ProviderReport Report { get; private set; } = new([]);

    public static IReadOnlyList<FigureRow> Rows { get; } =
    [
        new("Dates delivered", one => ReportNumbers.Number(one.Dates), ""),
        new("People who came", one => ReportNumbers.Number(one.Came)),
        new("Occupancy", ProviderMeasures.Occupancy),
        new("Dates cancelled", one => ReportNumbers.Number(one.Cancelled), "cancelled"),
        .. StandardMeasures.All.Select(measure => new FigureRow(ProviderMeasures.Heading(measure.Moment, measure.Question), one => ProviderMeasures.Words(one.Of(measure.Moment, measure.Question)))),
    ];

    public bool IsReviewed => Reviews.Any(review => !review.IsArchived);

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        if (!await ReadAsync(id, ct))
        {
            return NotFound();
        }

        FirstOn = Planned?.NextOn;
        return Page();
    }

    /// <summary>Says when a provider that has never been reviewed is to be.</summary>
    public async Task<IActionResult> OnPostFirstAsync(Guid id, int version, CancellationToken ct)
    {
        if (!await ReadAsync(id, ct))
        {
            return NotFound();
        }

        if (FirstOn is null && ModelState[nameof(FirstOn)] is not { Errors.Count: > 0 })
        {
            ModelState.AddModelError(nameof(FirstOn), "Enter the day of the first review");
        }
        else if (FirstOn < Today)
        {
            ModelState.AddModelError(nameof(FirstOn), "Enter today or a later day");
        }

        if (!ModelState.IsValid)
        {
            return Page();
        }

        return await save.PlanFirstAsync(Key, id, version, FirstOn!.Value, User.Actor(), ct) switch
        {
            EditOutcome.Saved => Done(id),
            EditOutcome.Unknown => NotFound(),
            EditOutcome.ChangedSince or EditOutcome.NameTaken => await TellAsync(id, ct),
        };
    }

    private LocalRedirectResult Done(Guid id)
    {
        TempData["Success"] = "The day of the first review is kept";
        return LocalRedirect($"~{CatalogueUrls.ProviderQuality(id)}#reviews");
    }

    private async Task<PageResult> TellAsync(Guid id, CancellationToken ct)
    {
        await ReadAsync(id, ct);
        ModelState.AddModelError(nameof(FirstOn), "Somebody reviewed the provider or chose another day meanwhile. Nothing was saved. Look at it below");
        return Page();
    }

    private async Task<bool> ReadAsync(Guid id, CancellationToken ct)
    {
        provider = await db.Providers.AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, ct);
        if (provider is null)
        {
            return false;
        }

        var now = clock.GetUtcNow();
        AfterContract = provider.ContractUntil is { } until ? await DateLines.Coming(db, now).CountAsync(run => run.ProviderId == id && run.RunsOn > until, ct) : 0;
        Standing = (await ProviderStanding.ReadAsync(db, ct)).GetValueOrDefault(id, ProviderStanding.None);
        Documents = await db.ProviderDocuments.Where(one => one.ProviderId == id && one.ReplacedAt == null)
            .OrderBy(one => one.ArchivedAt != null).ThenBy(one => one.Kind).ThenBy(one => one.Name).ThenBy(one => one.Id).Take(MostRows)
            .Select(one => new DocumentRow(one.Id, one.Kind, one.Name, one.LastOn, one.ArchivedAt != null)).ToListAsync(ct);
        var reviews = await db.ProviderReviews.AsNoTracking().Where(one => one.ProviderId == id).OrderByDescending(one => one.HeldOn).ThenByDescending(one => one.Id).Take(MostRows).ToListAsync(ct);
        Reviews = [.. reviews.Where(one => one.HeldOn is not null).Select(one => new ReviewRow(one.Id, one.HeldOn!.Value, one.Outcome!.Value, one.Words ?? "", one.NextOn, one.ArchivedAt is not null))];
        Planned = reviews.Find(one => one.HeldOn is null);
        await ReadObservationsAsync(id, now, ct);
        await ReadFiguresAsync(now, ct);
        return true;
    }

    private async Task ReadObservationsAsync(Guid id, DateTimeOffset now, CancellationToken ct)
    {
        Observations = await (
            from one in db.CourseObservations
            join run in db.CourseRuns on one.RunId equals run.Id
            join course in db.Courses on run.CourseId equals course.Id
            from user in db.Users.Where(user => user.Id == one.ObservedById).DefaultIfEmpty()
            where run.ProviderId == id
            orderby one.ArchivedAt != null, run.RunsOn descending, one.Id
            select new ObservationRow(one.Id, course.Title, run.RunsOn, user.Name, one.FollowUpOn, one.Outcome != null, one.ArchivedAt != null)).Take(MostRows).ToListAsync(ct);
        var since = Today.AddDays(-ObservableDays);
        Recent = await DateLines.Of(db, CourseObservation.Observable(db, now).Where(run => run.ProviderId == id && run.RunsOn >= since))
            .OrderByDescending(date => date.StartsAt).ThenBy(date => date.Id).Take(MostDates).ToListAsync(ct);
    }

    private async Task ReadFiguresAsync(DateTimeOffset now, CancellationToken ct)
    {
        var present = FinancialYear.Of(Today);
        var last = Year is null ? present : FinancialYear.Parse(Year) ?? present;
        Years = [last, last.Previous, last.Previous.Previous];
        var first = await db.CourseRuns.MinAsync(run => (DateOnly?)run.RunsOn, ct) is { } day ? FinancialYear.Of(day).StartsIn : present.StartsIn;
        YearChoices = [.. Enumerable.Range(Math.Min(first, present.StartsIn), Math.Max(0, present.StartsIn - first) + 1).Reverse().Select(year => new FinancialYear(year).ToString()).Select(year => new SelectListItem(year, year))];
        Year = last.ToString();
        ModelState.Remove(nameof(Year));
        Report = await ProviderReport.ReadAsync(database, Years, now, ct);
    }
}

using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Catalogue;
using TrainingHub.People;
using TrainingHub.Platform;

namespace TrainingHub.Reporting.Pages.Staff;

/// <summary>
/// What every report page shares: its filter, read from the address. An address without a query shows this financial year; dates
/// go over the year.
/// </summary>
internal abstract class ReportPage(TrainingHubDb db, TimeProvider clock) : PageModel
{
    [BindProperty(SupportsGet = true), Display(Name = "Year")]
    public string? Year { get; set; }

    [BindProperty(SupportsGet = true), Display(Name = "From", Description = "For example 27/3/2025. Days that you enter here count, not the year.")]
    public string? From { get; set; }

    [BindProperty(SupportsGet = true), Display(Name = "To")]
    public string? To { get; set; }

    [BindProperty(SupportsGet = true), Display(Name = "Area")]
    public string? Area { get; set; }

    [BindProperty(SupportsGet = true), Display(Name = "Course")]
    public string? Course { get; set; }

    [BindProperty(SupportsGet = true), Display(Name = "Sector")]
    public string? Sector { get; set; }

    /// <summary>What a line stands for, in the report of income.</summary>
    [BindProperty(SupportsGet = true), Display(Name = "A line for each")]
    public string? By { get; set; }

    public IReadOnlyList<SelectListItem> Years { get; private set; } = [];
    public IReadOnlyList<SelectListItem> Areas { get; private set; } = [];
    public IReadOnlyList<SelectListItem> Courses { get; private set; } = [];
    public IReadOnlyList<SelectListItem> Sectors { get; private set; } = [];

    /// <summary>Null when a part of the address cannot be read; the errors are then in the model state.</summary>
    public ReportFilter? Filter { get; private set; }

    /// <summary>An address without a query shows all dates, not this financial year.</summary>
    protected virtual bool BeginsWithAllDates => false;

    /// <summary>The report's name in addresses and commands.</summary>
    public abstract string Name { get; }

    public string CsvUrl => ReportingUrls.Csv(Name, Query);

    public string WorkbookUrl => ReportingUrls.Workbook(Name, Query);

    private string Query => QueryString.Create(
        new Dictionary<string, string?> { ["year"] = Year, ["from"] = From, ["to"] = To, ["area"] = Area, ["course"] = Course, ["sector"] = Sector, ["by"] = By }
            .Where(pair => !string.IsNullOrEmpty(pair.Value))).ToString();

    public async Task OnGetAsync(CancellationToken ct)
    {
        var thisYear = FinancialYear.Of(London.DateOf(clock.GetUtcNow()));
        var onlyAreas = User.OnlyAreas();
        await FillListsAsync(thisYear, onlyAreas, ct);
        if (Request.Query.Count == 0)
        {
            Year = BeginsWithAllDates ? null : thisYear.ToString();
            Area = onlyAreas is null ? null : Areas.Select(area => area.Value).FirstOrDefault();
        }
        else if (!string.IsNullOrWhiteSpace(From) || !string.IsNullOrWhiteSpace(To))
        {
            // The year's value in the address would be shown again in place of the one set here.
            Year = null;
            ModelState.Remove(nameof(Year));
        }

        var (filter, errors) = await ReportFilter.ReadAsync(db, Name, new(Year, From, To, Area, Course, Sector, By), ct, onlyAreas);
        foreach (var error in errors)
        {
            ModelState.AddModelError(Field(error.Name), error.Message);
        }

        Filter = filter;
        if (filter is not null)
        {
            await ReadAsync(filter, ct);
        }
    }

    protected abstract Task ReadAsync(ReportFilter filter, CancellationToken ct);

    private static string Field(string name) => char.ToUpperInvariant(name[0]) + name[1..];

    private async Task FillListsAsync(FinancialYear thisYear, IReadOnlyList<Guid>? onlyAreas, CancellationToken ct)
    {
        var firstRun = await db.CourseRuns.Where(run => run.State != RunState.Draft).MinAsync(run => (DateOnly?)run.RunsOn, ct);
        var firstAnswer = await db.SurveyResponses.MinAsync(response => (DateOnly?)response.SubmittedOn, ct);
        var lastRun = await db.CourseRuns.Where(run => run.State != RunState.Draft).MaxAsync(run => (DateOnly?)run.RunsOn, ct);
        var first = new[] { firstRun, firstAnswer }.Min() is { } date ? FinancialYear.Of(date).StartsIn : thisYear.StartsIn;
        var last = lastRun is { } latest ? Math.Max(FinancialYear.Of(latest).StartsIn, thisYear.StartsIn) : thisYear.StartsIn;
        Years =
        [
            new("All dates", ""),
            .. Enumerable.Range(first, last - first + 1).Reverse().Select(year => new FinancialYear(year).ToString()).Select(year => new SelectListItem(year, year)),
        ];
        var areas = await db.Areas.Where(area => onlyAreas == null || onlyAreas.Contains(area.Id)).OrderBy(area => area.SortOrder).ToListAsync(ct);
        Areas = [.. onlyAreas is null ? [new("All areas", "")] : Array.Empty<SelectListItem>(), .. areas.Select(area => new SelectListItem(area.LongName, area.Name))];
        Sectors = [new("All sectors", ""), .. (await db.Sectors.OrderBy(sector => sector.SortOrder).ToListAsync(ct)).Select(sector => new SelectListItem(sector.Name, sector.Name))];
        Courses = [new("All courses", ""), .. await db.Courses.OrderBy(course => course.Title).Select(course => new SelectListItem(course.Title, course.Slug)).ToListAsync(ct)];
    }
}

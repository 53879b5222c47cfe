using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;

namespace TrainingHub.Desk.Pages.Staff;

/// <summary>Everybody who has or had a place, as long as their name is kept.</summary>
internal sealed class PeopleModel(TrainingHubDb db) : PageModel
{
    public const int LongestQuery = 200;
    private const int PageSize = 50;

    public static readonly SelectListItem[] Orders = [new("Name", ""), new("Last date", PeopleFilter.ByLast)];

    [BindProperty(SupportsGet = true), StringLength(LongestQuery)]
    public string? Q { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Sort { get; set; }

    // From the query alone: "page" is also a route value of every Razor page.
    [FromQuery(Name = "page")]
    public int Number { get; set; } = 1;

    public IReadOnlyList<PersonRow> Rows { get; private set; } = [];
    public int Total { get; private set; }
    public int Pages => (Total + PageSize - 1) / PageSize;

    private PeopleFilter Filter => new(Q, Sort);

    public async Task OnGetAsync(CancellationToken ct)
    {
        Total = await Filter.Of(db).CountAsync(ct);
        Number = Math.Clamp(Number, 1, Math.Max(Pages, 1));
        Rows = await Filter.Rows(db).Skip((Number - 1) * PageSize).Take(PageSize).ToListAsync(ct);
    }

    public async Task<IActionResult> OnGetCsvAsync(CancellationToken ct) => this.Csv(await Filter.TableAsync(db, ct), "people");

    public async Task<IActionResult> OnGetWorkbookAsync(CancellationToken ct) => await this.WorkbookAsync(await Filter.TableAsync(db, ct), "people", ct);
}

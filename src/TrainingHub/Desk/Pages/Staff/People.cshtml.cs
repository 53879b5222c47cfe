using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Desk.Pages.Staff;

/// <summary>Everybody who has or had a place, as long as their name is kept.</summary>
[ForStaff(StaffRight.RunBookings)]
internal sealed class PeopleModel(TrainingHubDb db) : PageModel
{
    public const int LongestQuery = 200;
    private const int PageSize = 50;

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

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (ListFile.IsWanted(Request))
        {
            return await ListFile.AnswerAsync(Request, "people", await Filter.TableAsync(db, ct), ct);
        }

        Total = await Filter.Of(db).CountAsync(ct);
        Number = Math.Clamp(Number, 1, Math.Max(Pages, 1));
        Rows = await Filter.Rows(db).Skip((Number - 1) * PageSize).Take(PageSize).ToListAsync(ct);
        return Page();
    }
}

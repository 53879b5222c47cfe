using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.PersonalData.Pages.Staff;

/// <summary>Who asked about their data, what is open and until when.</summary>
[ForStaff(StaffRight.PersonalData)]
internal sealed class DataRequestsModel(TrainingHubDb db, TimeProvider clock) : PageModel
{
    public const int QueryLength = 100;
    private const int PageSize = 50;

    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    [BindProperty(SupportsGet = true)]
    public RequestStanding? Show { get; set; }

    [BindProperty(SupportsGet = true)]
    public DataRequestKind? Kind { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Sort { get; set; }

    // From the query alone: "page" is also a route value of every Razor page.
    [FromQuery(Name = "page")]
    public int Number { get; set; } = 1;

    public IReadOnlyList<RequestRow> Rows { get; private set; } = [];
    public int Total { get; private set; }
    public DateOnly Today { get; private set; }
    public int Pages => (Total + PageSize - 1) / PageSize;

    public bool IsFiltered => Q is not null || Show is not null || Kind is not null;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        var list = new RequestList(Q, Show, Kind, Sort);
        if (ListFile.IsWanted(Request))
        {
            return await ListFile.AnswerAsync(Request, "data-requests", await list.TableAsync(db, ct), ct);
        }

        Today = London.DateOf(clock.GetUtcNow());
        Total = await list.Of(db).CountAsync(ct);
        Number = Math.Clamp(Number, 1, Math.Max(Pages, 1));
        Rows = await list.Rows(db).Skip((Number - 1) * PageSize).Take(PageSize).ToListAsync(ct);
        return Page();
    }
}

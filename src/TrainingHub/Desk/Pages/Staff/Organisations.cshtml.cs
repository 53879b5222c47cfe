using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Desk.Pages.Staff;

/// <summary>The organisations with what they booked and owe, which of them bookers are offered by name, and several to be merged.</summary>
[ForStaff(StaffRight.ReadBookings, Act = [StaffRight.RunBookings])]
internal sealed class OrganisationsModel(TrainingHubDb db, ApproveOrganisation approve) : PageModel
{
    private const int PageSize = 50;

    public static readonly SelectListItem[] Choices = [new("Any", ""), new("Shown to bookers", OrganisationFilter.Shown), new("Typed by bookers, not shown", OrganisationFilter.Typed)];

    [BindProperty(SupportsGet = true), StringLength(Organisation.NameLength)]
    public string? Q { get; set; }

    [BindProperty(SupportsGet = true)]
    public Guid? Sector { get; set; }

    [BindProperty(SupportsGet = true)]
    public Guid? Area { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Show { get; set; }

    [BindProperty(SupportsGet = true)]
    public bool Owes { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Sort { get; set; }

    // From the query alone: "page" is also a route value of every Razor page.
    [FromQuery(Name = "page")]
    public int Number { get; set; } = 1;

    public IReadOnlyList<OrganisationRow> Rows { get; private set; } = [];
    public IReadOnlyDictionary<Guid, int> OwedPence { get; private set; } = new Dictionary<Guid, int>();
    public IReadOnlyList<SelectListItem> Sectors { get; private set; } = [];
    public IReadOnlyList<SelectListItem> Areas { get; private set; } = [];
    public int Total { get; private set; }
    public int Pages => (Total + PageSize - 1) / PageSize;

    /// <summary>Who last showed or hid one, or did something else to it, by its id.</summary>
    public IReadOnlyDictionary<Guid, HistoryEntry> Last { get; private set; } = new Dictionary<Guid, HistoryEntry>();

    public bool IsFiltered => Q is not null || Sector is not null || Area is not null || !string.IsNullOrEmpty(Show) || Owes;

    private OrganisationFilter Filter => new(Q, Sector, Area, Show, Owes, Sort);

    /// <summary>How the list is filtered and sorted.</summary>
    public IDictionary<string, string> Query => Request.Query.Where(pair => pair.Key is not ("page" or "handler")).ToDictionary(pair => pair.Key, pair => pair.Value.ToString());

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (ListFile.IsWanted(Request))
        {
            return await ListFile.AnswerAsync(Request, "organisations", await Filter.TableAsync(db, ct), ct);
        }

        Sectors = await db.Sectors.OrderBy(one => one.SortOrder).Select(one => new SelectListItem(one.Name, one.Id.ToString())).ToListAsync(ct);
        Areas = await db.Areas.OrderBy(one => one.SortOrder).Select(one => new SelectListItem(one.LongName, one.Id.ToString())).ToListAsync(ct);
        Total = await Filter.Of(db).CountAsync(ct);
        Number = Math.Clamp(Number, 1, Math.Max(Pages, 1));
        Rows = await Filter.Rows(db).Skip((Number - 1) * PageSize).Take(PageSize).ToListAsync(ct);
        var ids = Rows.Select(row => row.Id).ToList();
        OwedPence = await Owing.ReadAsync(db, db.Organisations.Where(one => ids.Contains(one.Id)).Select(one => one.Id), ct);
        Last = await HistoryEntry.LastAsync(db, ids, ct);
        return Page();
    }

    public async Task<IActionResult> OnPostShowAsync(Guid id, CancellationToken ct)
    {
        await approve.ShowAsync(id, User.Actor(), ct);
        return Done("Bookers can find the organisation now.");
    }

    public async Task<IActionResult> OnPostHideAsync(Guid id, CancellationToken ct)
    {
        await approve.HideAsync(id, User.Actor(), ct);
        return Done("Bookers are not offered the organisation any more.");
    }

    private RedirectResult Done(string notice)
    {
        TempData["Success"] = notice;
        return Redirect("~" + DeskUrls.Organisations + QueryString.Create(Query!));
    }
}

using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;

namespace TrainingHub.People.Pages.Staff;

/// <summary>Which organisations bookers are offered by name: those that staff chose, or brought in with a file.</summary>
internal sealed class OrganisationsModel(TrainingHubDb db, ApproveOrganisation approve) : PageModel
{
    public const int Most = 200;
    private const string Shown = "shown";

    public static readonly SelectListItem[] Choices = [new("Typed by bookers, not shown", ""), new("Shown to bookers", Shown)];

    internal sealed record Listed(Guid Id, string Name);

    [BindProperty(SupportsGet = true), StringLength(Organisation.NameLength)]
    public string? Q { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Show { get; set; }

    public bool AreShown => Show == Shown;

    public IReadOnlyList<Listed> Found { get; private set; } = [];

    /// <summary>Who last showed or hid one, by its id.</summary>
    public IReadOnlyDictionary<Guid, HistoryEntry> Last { get; private set; } = new Dictionary<Guid, HistoryEntry>();

    public async Task OnGetAsync(CancellationToken ct)
    {
        var named = db.Organisations.AsNoTracking().Where(one => one.IsApproved == AreShown);
        if (Q is { } part)
        {
            named = named.Where(one => one.NameKey.Contains(Organisation.KeyOf(part)));
        }

        Found = await named.OrderBy(one => one.Name).ThenBy(one => one.Id).Take(Most).Select(one => new Listed(one.Id, one.Name)).ToListAsync(ct);
        Last = await HistoryEntry.LastAsync(db, Found.Select(one => one.Id), ct);
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

    private RedirectToPageResult Done(string notice)
    {
        TempData["Success"] = notice;
        return RedirectToPage(new { Q, Show });
    }
}

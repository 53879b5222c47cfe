using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;
using TrainingHub.Surveys;

namespace TrainingHub.Desk.Pages.Staff;

internal sealed record NameRow(Guid Id, string Name, ListedFacts Facts, int Version, bool IsArchived);

/// <summary>One list of names: areas, sectors or toolkits, in their order, with those that are archived at the end.</summary>
[ForStaff(StaffRight.Settings)]
internal sealed class NameListModel(TrainingHubDb db, SaveListed save) : PageModel
{
    private const int Most = 500;

    public NameListWords Words { get; private set; } = null!;

    public IReadOnlyList<NameRow> Rows { get; private set; } = [];

    public IReadOnlyDictionary<Guid, string> Areas { get; private set; } = new Dictionary<Guid, string>();

    public async Task<IActionResult> OnGetAsync(string list, CancellationToken ct) => await ReadAsync(list, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostUpAsync(string list, Guid id, int version, CancellationToken ct)
    {
        if (NameListWords.Find(list) is null)
        {
            return NotFound();
        }

        var by = User.Actor();
        var outcome = list switch
        {
            NameListWords.Areas => await save.MoveUpAsync<Area>(id, version, by, ct),
            NameListWords.Sectors => await save.MoveUpAsync<Sector>(id, version, by, ct),
            _ => await save.MoveUpAsync<Toolkit>(id, version, by, ct),
        };
        if (outcome is EditOutcome.ChangedSince)
        {
            ModelState.AddModelError("", "Somebody else changed the list meanwhile. This is how it is now");
            await ReadAsync(list, ct);
            return Page();
        }

        return outcome is EditOutcome.Unknown ? NotFound() : LocalRedirect("~" + DeskUrls.NameList(list));
    }

    private async Task<bool> ReadAsync(string list, CancellationToken ct)
    {
        if (NameListWords.Find(list) is not { } words)
        {
            return false;
        }

        Words = words;
        Areas = await db.Areas.ToDictionaryAsync(area => area.Id, area => area.Name, ct);
        Rows = list switch
        {
            NameListWords.Areas => await RowsAsync<Area>(ct),
            NameListWords.Sectors => await RowsAsync<Sector>(ct),
            _ => await RowsAsync<Toolkit>(ct),
        };
        return true;
    }

    private async Task<IReadOnlyList<NameRow>> RowsAsync<T>(CancellationToken ct)
        where T : class, IListed<T> =>
    [
        .. (await db.Set<T>().AsNoTracking().OrderBy(one => one.ArchivedAt != null).ThenBy(one => one.SortOrder).ThenBy(one => one.Name).Take(Most).ToListAsync(ct))
            .Select(one => new NameRow(one.Id, one.Name, one.Facts, one.Version, one.ArchivedAt is not null)),
    ];
}

using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;
using TrainingHub.Surveys;

namespace TrainingHub.Desk.Pages.Staff;

/// <summary>One name of a list: its form, and what was done to it. At "new" the form of another.</summary>
[ForStaff(StaffRight.Settings)]
internal sealed class ListedNameModel(TrainingHubDb db, SaveListed save, ArchiveRecord archive, TimeProvider clock) : PageModel
{
    private const string New = "new";

    public NameListWords Words { get; private set; } = null!;

    /// <summary>Filled with what is stored before it is read from the form.</summary>
    public ListedFacts Form { get; private set; } = new();

    /// <summary>Null for a new one.</summary>
    public NameRow? Known { get; private set; }

    /// <summary>Of the next new name, so that a second click adds no second one.</summary>
    public Guid Key { get; private set; }

    public IReadOnlyList<SelectListItem> Areas { get; private set; } = [];

    public static IReadOnlyList<SelectListItem> Kinds { get; } = [.. Enum.GetValues<AreaKind>().Select(kind => new SelectListItem(kind.Words(), kind.ToString()))];

    public IReadOnlyList<HistoryEntry> History { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string list, string id, CancellationToken ct) => await ReadAsync(list, id, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(string list, string id, int version, Guid key, CancellationToken ct)
    {
        if (!await ReadAsync(list, id, ct))
        {
            return NotFound();
        }

        Key = key;
        await TryUpdateModelAsync(Form, nameof(Form));
        if (Form.Name.Length > Words.LongestName)
        {
            ModelState.AddModelError("Form.Name", $"Enter a name of at most {Words.LongestName} characters");
        }

        if (!ModelState.IsValid)
        {
            return Page();
        }

        var outcome = list switch
        {
            NameListWords.Areas => await SaveAsync<Area>(version, ct),
            NameListWords.Sectors => await SaveAsync<Sector>(version, ct),
            _ => await SaveAsync<Toolkit>(version, ct),
        };
        return await AnswerAsync(outcome, list, id, Known is null ? $"“{Form.Name}” is added" : "Saved", ct);
    }

    public async Task<IActionResult> OnPostArchiveAsync(string list, Guid id, int version, bool restore, CancellationToken ct)
    {
        if (!await ReadAsync(list, $"{id}", ct))
        {
            return NotFound();
        }

        var outcome = list switch
        {
            NameListWords.Areas => await ArchiveAsync<Area>(id, version, restore, ct),
            NameListWords.Sectors => await ArchiveAsync<Sector>(id, version, restore, ct),
            _ => await ArchiveAsync<Toolkit>(id, version, restore, ct),
        };
        return await AnswerAsync(outcome, list, $"{id}", restore ? "In use again" : "Archived. It is offered no more", ct);
    }

    private Task<EditOutcome> SaveAsync<T>(int version, CancellationToken ct)
        where T : class, IListed<T> => Known is { } known
        ? save.ChangeAsync<T>(known.Id, version, Form, User.Actor(), ct)
        : save.AddAsync<T>(Key, Form, User.Actor(), ct);

    private Task<EditOutcome> ArchiveAsync<T>(Guid id, int version, bool restore, CancellationToken ct)
        where T : class, IListed<T> => restore
        ? archive.RestoreAsync<T>(id, version, User.Actor(), ct)
        : archive.ArchiveAsync<T>(id, version, User.Actor(), ct);

    private async Task<IActionResult> AnswerAsync(EditOutcome outcome, string list, string id, string done, CancellationToken ct)
    {
        switch (outcome)
        {
            case EditOutcome.Saved:
                TempData["Success"] = done;
                return LocalRedirect("~" + DeskUrls.NameList(list));
            case EditOutcome.NameTaken:
                ModelState.AddModelError("Form.Name", "This name is on the list already, perhaps archived. Enter another");
                return Page();
            case EditOutcome.ChangedSince:
                var typed = Form;
                await ReadAsync(list, id, ct);
                ModelState.AddModelError("", $"Nothing is saved: {(History.Count > 0 ? History[0].Words : "somebody else changed it")}, while you had this page open. Save again if yours is to stand in its place");
                Form = typed;
                return Page();
            case EditOutcome.Unknown:
                return NotFound();
            default:
                throw new InvalidOperationException($"{outcome} has no answer.");
        }
    }

    private async Task<bool> ReadAsync(string list, string id, CancellationToken ct)
    {
        if (NameListWords.Find(list) is not { } words)
        {
            return false;
        }

        Words = words;
        Key = Guid.CreateVersion7(clock.GetUtcNow());
        Areas = !Words.HasAreas ? [] : await db.Areas.Where(area => area.Kind == AreaKind.Place).OrderBy(area => area.SortOrder)
            .Select(area => new SelectListItem(area.LongName, area.Id.ToString())).ToListAsync(ct);
        if (id == New)
        {
            return true;
        }

        Known = !Guid.TryParse(id, out var known) ? null : list switch
        {
            NameListWords.Areas => await FindAsync<Area>(known, ct),
            NameListWords.Sectors => await FindAsync<Sector>(known, ct),
            _ => await FindAsync<Toolkit>(known, ct),
        };
        if (Known is null)
        {
            return false;
        }

        Form = Known.Facts;
        History = await HistoryEntry.AboutAsync(db, [Known.Id], ct);
        return true;
    }

    private async Task<NameRow?> FindAsync<T>(Guid id, CancellationToken ct)
        where T : class, IListed<T> =>
        await db.Set<T>().AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, ct) is { } found
            ? new(found.Id, found.Name, found.Facts, found.Version, found.ArchivedAt is not null)
            : null;
}

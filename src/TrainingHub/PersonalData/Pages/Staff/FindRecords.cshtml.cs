using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.PersonalData.Pages.Staff;

/// <summary>Every record that may be the asker's, in all rooms; staff tick those that are. Nothing is taken by guess.</summary>
[ForStaff(StaffRight.PersonalData)]
internal sealed class FindRecordsModel(TrainingHubDb db, FindHeld find, KeepRequest keep) : PageModel
{
    [BindProperty(SupportsGet = true), StringLength(Person.NameLength)]
    public string? Name { get; set; }

    /// <summary>Another address that they have or had.</summary>
    [BindProperty(SupportsGet = true), StringLength(Person.EmailLength)]
    public string? Email { get; set; }

    /// <summary>As <see cref="PersonalData.Found.Key"/> has them.</summary>
    [BindProperty]
    public List<string> Ticked { get; set; } = [];

    public DataRequest Asked { get; private set; } = null!;
    public IReadOnlyList<Found> Found { get; private set; } = [];
    public IReadOnlySet<HeldRecord> Before { get; private set; } = new HashSet<HeldRecord>();

    public bool IsTicked(Found one) => one.Ids.All(id => Before.Contains(new(one.Kind, id)));

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct) => await ReadAsync(id, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken ct)
    {
        if (!await ReadAsync(id, ct))
        {
            return NotFound();
        }

        var ticked = Found.Where(one => Ticked.Contains(one.Key)).SelectMany(Records).ToList();
        return await keep.TickAsync(id, ticked, [.. Found.SelectMany(Records)], User.Actor(), ct) switch
        {
            KeepResult.Kept => Back(id, "Success", ticked.Count == 0 ? "No record is chosen." : "The records are chosen."),
            KeepResult.Gone => NotFound(),
            KeepResult.DoneBefore or KeepResult.NotIdentified or KeepResult.NotAcknowledged or KeepResult.WrongDay => Back(id, "Notice", "It is answered already. Nothing was changed."),
        };
    }

    private RedirectResult Back(Guid id, string kind, string notice)
    {
        TempData[kind] = notice;
        return Redirect("~" + PersonalDataUrls.Request(id));
    }

    private static IEnumerable<HeldRecord> Records(Found one) => one.Ids.Select(id => new HeldRecord(one.Kind, id));

    // A name or an address that is typed here is looked for beside those of the request.
    private async Task<bool> ReadAsync(Guid id, CancellationToken ct)
    {
        if (await db.DataRequests.AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, ct) is not { } found)
        {
            return false;
        }

        Asked = found;
        Before = (await EraseRequest.TickedAsync(db, id, ct)).ToHashSet();
        var known = await HeldData.ReadAsync(db, Before, ct);
        string[] addresses = [.. new[] { found.Email, Email }.OfType<string>(), .. known.Addresses];
        var all = await find.RunAsync(Name ?? found.Name, addresses, Before, id, ct);
        Found = Name is null || Name == found.Name ? all : [.. all.Concat(await find.RunAsync(found.Name, [], [], id, ct)).DistinctBy(one => one.Key)];
        return true;
    }
}

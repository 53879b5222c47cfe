using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.People.Pages.Staff;

/// <summary>One account: what it is for, send a link, close, and where it is signed in. Administrators only.</summary>
[ForStaff(StaffRight.Accounts)]
internal sealed class StaffAccountModel(
    TrainingHubDb db, SendStaffLink send, CloseStaff close, SetStaffRoles set, EndStaffSessions end, ConnectWorkAccount connect, SessionClock clock,
    IOptions<SingleSignOnOptions> signOn) : PageModel
{
    [BindProperty]
    public StaffRoleForm Form { get; set; } = new();

    public IReadOnlyList<SelectListItem> Areas { get; private set; } = [];
    public StaffUser Account { get; private set; } = null!;

    /// <summary>Since when they have a work account; null while they have none.</summary>
    public DateTimeOffset? ConnectedAt { get; private set; }
    public SessionList Sessions { get; private set; } = null!;
    public IReadOnlyList<HistoryEntry> History { get; private set; } = [];

    public bool IsOwn => Account.Id == User.StaffId();

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct) => await ReadAsync(id, ct) ? Show() : NotFound();

    [StepUp]
    public async Task<IActionResult> OnPostLinkAsync(Guid id, CancellationToken ct) =>
        await send.RunAsync(id, User.Actor(), ct) ? Done(id, "A link to choose a password is on its way.") : NotFound();

    [StepUp]
    public async Task<IActionResult> OnPostCloseAsync(Guid id, CancellationToken ct)
    {
        if (!await ReadAsync(id, ct))
        {
            return NotFound();
        }

        return await close.RunAsync(Account.Email ?? "", User.Actor(), ct) is { } refusal
            ? refusal switch
            {
                CloseStaffRefusal.Unknown => NotFound(),
                CloseStaffRefusal.Oneself => Refuse("You cannot close your own account. Ask another administrator"),
                CloseStaffRefusal.LastOne => Refuse("This is the only open account. Add another one first"),
                CloseStaffRefusal.LastAdministrator => Refuse("This is the only administrator. Make somebody else one first"),
                CloseStaffRefusal.LastReader => Refuse("Nobody else reads survey comments. Let somebody else read them first"),
            }
            : Done(id, "The account is closed. It cannot sign in any more.");
    }

    [StepUp]
    public async Task<IActionResult> OnPostRolesAsync(Guid id, CancellationToken ct)
    {
        if (!await ReadAsync(id, ct))
        {
            return NotFound();
        }

        return await set.RunAsync(id, Form.Roles, Form.Areas, User.Actor(), ct) is { } refusal
            ? refusal switch
            {
                RolesRefusal.Unknown => NotFound(),
                RolesRefusal.Oneself => Refuse("You cannot change what your own account is for. Ask another administrator"),
                RolesRefusal.FromWorkAccount => Refuse("Their roles come from the groups of their work account. Change them there"),
                RolesRefusal.Incomplete => Refuse(StaffUser.WhyNotRoles(Form.Roles, Form.Areas)!, Form.Roles.Count == 0 ? "Form.Roles" : "Form.Areas"),
                RolesRefusal.LastAdministrator => Refuse("This is the only administrator. Make somebody else one first", "Form.Roles"),
                RolesRefusal.LastReader => Refuse("Nobody else reads survey comments. Let somebody else read them first", "Form.Roles"),
            }
            : Done(id, "Saved. It holds from their next sign-in; they are signed out now.");
    }

    [StepUp]
    public async Task<IActionResult> OnPostDisconnectAsync(Guid id, CancellationToken ct)
    {
        if (!await ReadAsync(id, ct))
        {
            return NotFound();
        }

        if (IsOwn)
        {
            return LocalRedirect("~/staff/account");
        }

        await connect.DisconnectAsync(id, User.Actor(), ct);
        return Done(id, "The work account is disconnected. To sign in, they need a link to choose a password.");
    }

    public async Task<IActionResult> OnPostEndAsync(Guid id, string? key, CancellationToken ct) =>
        Done(id, await SessionList.EndAsync(end, id, key, User, ct));

    private PageResult Show()
    {
        (Form.Roles, Form.Areas) = (Account.Roles, Account.AreaIds);
        return Page();
    }

    private PageResult Refuse(string words, string field = "")
    {
        ModelState.AddModelError(field, words);
        return Page();
    }

    private RedirectResult Done(Guid id, string notice)
    {
        TempData["Success"] = notice;
        return Redirect($"~/staff/staff/{id}");
    }

    private async Task<bool> ReadAsync(Guid id, CancellationToken ct)
    {
        if (await db.Users.AsNoTracking().SingleOrDefaultAsync(user => user.Id == id, ct) is not { } found)
        {
            return false;
        }

        Account = found;
        ConnectedAt = await signOn.Value.Connected(db, id).Select(account => (DateTimeOffset?)account.ConnectedAt).SingleOrDefaultAsync(ct);
        Areas = await StaffRoleForm.AreasAsync(db, ct);
        Sessions = await SessionList.ReadAsync(db, id, User, $"/staff/staff/{id}?handler=End", clock, ct);
        History = await HistoryEntry.AboutAsync(db, [id], ct);
        return true;
    }
}

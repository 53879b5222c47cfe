using System.Buffers.Text;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;

namespace TrainingHub.People.Pages.Staff;

/// <summary>One account: send a link, coordinator or not, close, and where it is signed in. Coordinators only.</summary>
[Authorize(Policy = StaffIdentity.CoordinatorPolicy)]
internal sealed class StaffAccountModel(
    TrainingHubDb db, SendStaffLink send, CloseStaff close, NameCoordinator coordinators, EndStaffSessions end, StaffTicketStore sessions) : PageModel
{
    internal sealed record Session(string Key, DateTimeOffset CreatedAt, DateTimeOffset LastSeenAt);

    public StaffUser Account { get; private set; } = null!;
    public IReadOnlyList<Session> Sessions { get; private set; } = [];
    public IReadOnlyList<HistoryEntry> History { get; private set; } = [];

    public bool IsOwn => Account.Id == User.StaffId();

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct) => await ReadAsync(id, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostLinkAsync(Guid id, CancellationToken ct) =>
        await send.RunAsync(id, User.Actor(), ct) ? Done(id, "A link to choose a password is on its way.") : NotFound();

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
                CloseStaffRefusal.Oneself => Refuse("You cannot close your own account. Ask another coordinator"),
                CloseStaffRefusal.LastOne => Refuse("This is the only open account. Add another one first"),
                CloseStaffRefusal.LastCoordinator => Refuse("This is the only coordinator. Make somebody else one first"),
            }
            : Done(id, "The account is closed. It cannot sign in any more.");
    }

    public async Task<IActionResult> OnPostNameAsync(Guid id, CancellationToken ct) => !await ReadAsync(id, ct)
        ? NotFound()
        : Answer(id, await coordinators.NameAsync(Account.Email ?? "", User.Actor(), ct), "They are a coordinator now, from their next sign-in.");

    public async Task<IActionResult> OnPostUnnameAsync(Guid id, CancellationToken ct) => !await ReadAsync(id, ct)
        ? NotFound()
        : Answer(id, await coordinators.EndAsync(Account.Email ?? "", User.Actor(), ct), "They are no coordinator any more.");

    public async Task<IActionResult> OnPostEndAsync(Guid id, string? key, CancellationToken ct)
    {
        if (key is null)
        {
            await end.AllAsync(id, User.Actor(), ct);
        }
        else if (Base64Url.IsValid(key))
        {
            await end.OneAsync(id, Base64Url.DecodeFromChars(key), User.Actor(), ct);
        }

        return Done(id, key is null ? "Signed out everywhere." : "Signed out there.");
    }

    private IActionResult Answer(Guid id, CoordinatorRefusal? refusal, string done) => refusal is { } reason
        ? reason switch
        {
            CoordinatorRefusal.Unknown => NotFound(),
            CoordinatorRefusal.LastOne => Refuse("This is the only coordinator. Make somebody else one first"),
        }
        : Done(id, done);

    private PageResult Refuse(string words)
    {
        ModelState.AddModelError("", words);
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
        var now = sessions.Clock.GetUtcNow();
        Sessions = (await db.StaffSessions.AsNoTracking().Where(session => session.StaffUserId == id && session.ExpiresAt > now)
                .OrderByDescending(session => session.LastSeenAt)
                .Select(session => new { session.KeyHash, session.CreatedAt, session.LastSeenAt })
                .ToListAsync(ct))
            .ConvertAll(session => new Session(Base64Url.EncodeToString(session.KeyHash), session.CreatedAt, session.LastSeenAt));
        History = await HistoryEntry.AboutAsync(db, [id], ct);
        return true;
    }
}

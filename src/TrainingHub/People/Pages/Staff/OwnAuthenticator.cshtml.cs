using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.Platform.Web;

namespace TrainingHub.People.Pages.Staff;

/// <summary>An authenticator app for one's own account, in place of the one before.</summary>
[EnableRateLimiting(RateLimits.SignIn)]
[ForStaff, KeepsNothing]
internal sealed class OwnAuthenticatorModel(
    TrainingHubDb db, AddAuthenticator add, IPersonalDataProtector secrets, IOptions<SiteOptions> site) : AuthenticatorPage(secrets, site)
{
    public bool HasOne { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        ModelState.Clear();
        if (StepUp.Missing(HttpContext) is { } ask)
        {
            return ask;
        }

        Begin(await ReadAsync(ct));
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (StepUp.Missing(HttpContext) is { } ask)
        {
            return ask;
        }

        var user = await ReadAsync(ct);
        await FinishAsync(user, key => add.AnotherAsync(user.Id, key, Code, ct), () => Task.FromResult("~/staff/account"));
        return Page();
    }

    private async Task<StaffUser> ReadAsync(CancellationToken ct)
    {
        var id = User.StaffId();
        HasOne = await db.StaffAuthenticators.AnyAsync(app => app.StaffUserId == id, ct);
        return await db.Users.AsNoTracking().SingleAsync(user => user.Id == id, ct);
    }
}

using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform.Web;

namespace TrainingHub.People.Pages.Staff;

/// <summary>Asks for a code again before what a stranger at an open desk must not do, and leads back.</summary>
[EnableRateLimiting(RateLimits.SignIn)]
[ForStaff]
internal sealed class ConfirmItIsYouModel(TrainingHubDb db, CheckSecondFactor check, FreshProof fresh) : PageModel
{
    [BindProperty]
    [Display(Name = "Code from your authenticator app"), Required(ErrorMessage = "Enter the code"), StringLength(20)]
    public string Code { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    public bool HasApp { get; private set; }

    public async Task OnGetAsync(CancellationToken ct)
    {
        ModelState.Clear();
        await ReadAsync(ct);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var user = await ReadAsync(ct);
        if (!ModelState.IsValid)
        {
            return Page();
        }

        // Whoever is signed in is known, and is not kept waiting by what strangers try at the door.
        var from = new SignInFrom("", new KnownDevice(user.Id, user.Id, user.SecurityStamp ?? ""));
        if (await check.CodeAsync(user, Code, from, ct) is { } refusal)
        {
            ModelState.AddModelError(nameof(Code), CodeWords.Of(refusal));
            return Page();
        }

        await fresh.SetAsync(HttpContext);
        return LocalRedirect(Url.IsLocalUrl(ReturnUrl) ? ReturnUrl : "~/staff/account");
    }

    private async Task<StaffUser> ReadAsync(CancellationToken ct)
    {
        var id = User.StaffId();
        HasApp = await db.StaffAuthenticators.AnyAsync(app => app.StaffUserId == id, ct);
        return await db.Users.AsNoTracking().SingleAsync(user => user.Id == id, ct);
    }
}

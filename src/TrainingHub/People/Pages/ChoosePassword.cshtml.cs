using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform.Web;

namespace TrainingHub.People.Pages;

/// <summary>Where a member of staff chooses a password after opening an emailed link, and goes on to sign in with it.</summary>
[EnableRateLimiting(RateLimits.SignIn)]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class ChoosePasswordModel(
    TrainingHubDb db, PrivateAccess access, ChooseStaffPassword choose, SignInManager<StaffUser> signIn, StaffSignIn door) : PageModel
{
    [BindProperty]
    [Display(Name = "New password", Description = "15 characters or more. Three or four random words work well")]
    [Required(ErrorMessage = "Enter a new password"), DataType(DataType.Password)]
    [StringLength(PasswordRules.MaxLength, MinimumLength = PasswordRules.MinLength, ErrorMessage = "Use a password of 15 to 200 characters")]
    public string Wanted { get; set; } = "";

    /// <summary>Null when this browser opened no link that is good now.</summary>
    public StaffUser? Account { get; private set; }

    public async Task<IActionResult> OnGetAsync(Guid user, CancellationToken ct)
    {
        await ReadAsync(user, ct);
        ModelState.Clear();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid user, CancellationToken ct)
    {
        await ReadAsync(user, ct);
        if (Account is null || !ModelState.IsValid)
        {
            return Page();
        }

        var chosen = await choose.RunAsync(user, StaffLink.SubjectOf(Account), Wanted, ct);
        if (chosen is not { User: { } account, Weak: null })
        {
            Account = chosen.User;
            ModelState.AddModelError(nameof(Wanted), chosen.Weak ?? "");
            return Page();
        }

        if (User.Identity?.IsAuthenticated == true)
        {
            // Somebody is signed in in this browser already: a session ends before another begins.
            await signIn.SignOutAsync();
            TempData["SignIn"] = "Your password is saved. Sign in with it";
            return LocalRedirect("~/sign-in");
        }

        return LocalRedirect(await door.AfterPasswordAsync(HttpContext, account, hasShortPassword: false, returnUrl: null, ct));
    }

    private async Task ReadAsync(Guid user, CancellationToken ct)
    {
        var account = await db.Users.AsNoTracking().SingleOrDefaultAsync(one => one.Id == user && one.ClosedAt == null, ct);
        Account = account is not null && access.IsGranted(HttpContext, StaffLink.Purpose, StaffLink.SubjectOf(account)) ? account : null;
        if (Account is null)
        {
            Response.StatusCode = StatusCodes.Status404NotFound;
        }
    }
}

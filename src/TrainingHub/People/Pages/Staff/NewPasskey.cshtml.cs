using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform.Web;

namespace TrainingHub.People.Pages.Staff;

/// <summary>Adds a passkey to one's own account: the browser makes it, with the small script of the site.</summary>
[EnableRateLimiting(RateLimits.SignIn)]
[ForStaff, KeepsNothing]
internal sealed class NewPasskeyModel(TrainingHubDb db, Passkeys passkeys, AddPasskey add) : PageModel
{
    [BindProperty]
    public PasskeyForm Form { get; set; } = new();

    /// <summary>What prevents it; <see cref="PasskeyRefusal.Unknown"/> where the site's address is a number.</summary>
    public PasskeyRefusal? Refusal { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        ModelState.Clear();
        return await StopAsync(ct) ?? Page();
    }

    /// <summary>What the browser is to make, as JSON; 400 as long as the name is missing.</summary>
    public async Task<IActionResult> OnPostOptionsAsync(CancellationToken ct)
    {
        if (await StopAsync(ct) is not null || Refusal is not null || !ModelState.IsValid)
        {
            return BadRequest();
        }

        var id = User.StaffId();
        return await passkeys.AskForNewAsync(await db.Users.AsNoTracking().SingleAsync(user => user.Id == id, ct), HttpContext);
    }

    public async Task<IActionResult> OnPostAsync(string? credential, string? challenge, CancellationToken ct)
    {
        if (await StopAsync(ct) is { } stop)
        {
            return stop;
        }

        if (Refusal is not null || !ModelState.IsValid)
        {
            return Page();
        }

        if (await passkeys.ReadNewAsync(HttpContext, User.StaffId(), credential, challenge, ct) is not { } passkey)
        {
            ModelState.AddModelError("Form.Name", "The passkey was not accepted. Try again");
            return Page();
        }

        Refusal = await add.RunAsync(passkey, Form.Name, User.Actor(), ct);
        if (Refusal is not null)
        {
            return Page();
        }

        TempData["Success"] = "The passkey is added. You can sign in with it.";
        return LocalRedirect("~/staff/account");
    }

    private async Task<IActionResult?> StopAsync(CancellationToken ct)
    {
        Refusal = passkeys.AreOffered ? await add.WhyNotAsync(User.StaffId(), ct) : PasskeyRefusal.Unknown;
        return Refusal is null ? StepUp.Missing(HttpContext) : null;
    }
}

internal sealed class PasskeyForm
{
    [Display(Name = "What you call it", Description = "Such as “work laptop”, so that you know it when you remove it.")]
    [Required(ErrorMessage = "Enter what you call it"), StringLength(AddPasskey.NameLength), PlainName]
    public string Name { get; set; } = "";
}

using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform.Web;

namespace TrainingHub.People.Pages;

/// <summary>After the password: a code of the authenticator app, or a recovery code.</summary>
[EnableRateLimiting(RateLimits.SignIn)]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class SignInCodeModel(TrainingHubDb db, SignInStep step, CheckSecondFactor check, StaffSignIn door, DeviceCookie device) : PageModel
{
    [BindProperty]
    [Display(Name = "Code", Description = "6 figures. The app shows new ones every half-minute"), StringLength(20)]
    public string? Code { get; set; }

    [BindProperty]
    [Display(Name = "Recovery code", Description = "One of the codes that you kept when you set up the app"), StringLength(100)]
    public string? Recovery { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    public bool IsRecovery { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) =>
        await step.ReadAsync(HttpContext, ct) is null ? LocalRedirect("~/sign-in") : Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (await step.ReadAsync(HttpContext, ct) is not { User: var user } given)
        {
            return Again();
        }

        if (string.IsNullOrWhiteSpace(Code))
        {
            ModelState.AddModelError(nameof(Code), "Enter the code");
        }

        if (!ModelState.IsValid || (await check.CodeAsync(user, Code!, device.From(HttpContext), ct) is { } refusal && Refuse(nameof(Code), refusal)))
        {
            return Page();
        }

        return LocalRedirect(await door.CompleteAsync(HttpContext, user, "With a password and a code from the app", given.HasShortPassword, ReturnUrl, ct));
    }

    public async Task<IActionResult> OnPostRecoveryAsync(CancellationToken ct)
    {
        IsRecovery = true;
        if (await step.ReadAsync(HttpContext, ct) is not { User: var user } given)
        {
            return Again();
        }

        if (string.IsNullOrWhiteSpace(Recovery))
        {
            ModelState.AddModelError(nameof(Recovery), "Enter a recovery code");
        }

        if (!ModelState.IsValid || (await check.RecoveryCodeAsync(user, Recovery!, device.From(HttpContext), ct) is { } refusal && Refuse(nameof(Recovery), refusal)))
        {
            return Page();
        }

        var next = await door.CompleteAsync(HttpContext, user, "With a password and a recovery code", given.HasShortPassword, ReturnUrl, ct);
        var left = await db.StaffRecoveryCodes.CountAsync(code => code.StaffUserId == user.Id && code.UsedAt == null, ct);
        TempData["Success"] = $"You used a recovery code: {(left == 0 ? "none is" : left == 1 ? "1 is" : $"{left} are")} left. Make new ones, or set up the app on another phone, in your account.";
        return LocalRedirect(next);
    }

    private LocalRedirectResult Again()
    {
        TempData["SignIn"] = "That took too long. Enter your password again";
        return LocalRedirect("~/sign-in");
    }

    private bool Refuse(string field, FactorRefusal refusal)
    {
        ModelState.AddModelError(field, CodeWords.Of(refusal));
        return true;
    }
}

/// <summary>What is said of a code that is refused.</summary>
internal static class CodeWords
{
    public static string Of(FactorRefusal refusal) => refusal switch
    {
        FactorRefusal.NotRight => "That code is not right. After 10 wrong ones wait 15 minutes",
        FactorRefusal.Used => "That code was used before. Wait until the app shows the next one, or take another recovery code",
        FactorRefusal.TooMany => "Too many wrong codes: wait 15 minutes, then try again",
    };
}

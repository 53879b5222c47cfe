using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using TrainingHub.Platform;
using TrainingHub.Platform.Data;
using TrainingHub.Platform.Web;

namespace TrainingHub.People.Pages;

[EnableRateLimiting(RateLimits.SignIn)]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed partial class SignInModel(
    CheckSignIn check, SignInManager<StaffUser> signIn, DeviceCookie device, IHostEnvironment environment, DemoData demo, ILogger<SignInModel> logger) : PageModel
{
    [BindProperty]
    public SignInForm Form { get; set; } = new();

    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    public bool OffersDemoSignIn => environment.IsDemo();

    public IReadOnlyList<StaffRole> DemoColleagues => demo.IsDeclined ? [] : SeedDemoColleagues.Roles;

    /// <summary>A word after something was done elsewhere: signed out, password changed.</summary>
    public string? Notice => TempData["SignIn"] as string;

    public IActionResult OnGet() => User.Identity?.IsAuthenticated == true ? Onwards() : Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (User.Identity?.IsAuthenticated == true)
        {
            return Onwards();
        }

        if (!ModelState.IsValid)
        {
            return Page();
        }

        var result = await check.RunAsync(Form.Email, Form.Password, device.From(HttpContext), ct);
        if (result.User is not { } user)
        {
            LogRefused(result.Refusal);
            return Refuse(result.Refusal ?? SignInRefusal.NotRight);
        }

        await signIn.SignInAsync(user, isPersistent: false);
        device.Set(HttpContext, user);
        LogSignedIn(user.Id);
        return Onwards();
    }

    // The same words for a wrong password and too many: whether an account exists is nobody's business.
    private PageResult Refuse(SignInRefusal refusal)
    {
        ModelState.AddModelError("Form.Email", refusal switch
        {
            SignInRefusal.NotRight or SignInRefusal.TooMany =>
                "Email address and password do not belong together. After 10 wrong tries wait 15 minutes, or use a browser in which you have signed in before",
            SignInRefusal.Busy => "Too many people are signing in at this moment. Try again in a moment",
        });
        if (refusal == SignInRefusal.Busy)
        {
            Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            Response.Headers.RetryAfter = "5";
        }

        return Page();
    }

    private LocalRedirectResult Onwards() => LocalRedirect(Url.IsLocalUrl(ReturnUrl) ? ReturnUrl : "~/staff");

    [LoggerMessage(Level = LogLevel.Information, Message = "Staff user {StaffUserId} signed in")]
    private partial void LogSignedIn(Guid staffUserId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A sign-in was refused: {Refusal}")]
    private partial void LogRefused(SignInRefusal? refusal);
}

internal sealed class SignInForm
{
    [Display(Name = "Email address")]
    [Required(ErrorMessage = "Enter your email address"), DataType(DataType.EmailAddress), StringLength(Person.EmailLength)]
    public string Email { get; set; } = "";

    [Display(Name = "Password")]
    [Required(ErrorMessage = "Enter your password"), DataType(DataType.Password), StringLength(PasswordRules.MaxLength)]
    public string Password { get; set; } = "";
}

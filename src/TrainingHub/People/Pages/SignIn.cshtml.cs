using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;
using TrainingHub.Platform;
using TrainingHub.Platform.Data;
using TrainingHub.Platform.Web;

namespace TrainingHub.People.Pages;

[EnableRateLimiting(RateLimits.SignIn)]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed partial class SignInModel(
    CheckSignIn check, StaffSignIn door, Passkeys passkeys, DeviceCookie device, ConnectStep connecting, IOptions<SingleSignOnOptions> signOn,
    IHostEnvironment environment, DemoData demo, ILogger<SignInModel> logger) : PageModel
{
    [BindProperty]
    public SignInForm Form { get; set; } = new();

    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    /// <summary>Asks for the password where only administrators have one.</summary>
    [BindProperty(SupportsGet = true)]
    public bool Emergency { get; set; }

    /// <summary>Whose account it is that is to be connected to the work account which has just signed in.</summary>
    public string? Connecting { get; private set; }

    /// <summary>The words of the button; null where no work account signs in.</summary>
    public string? WorkAccount => signOn.Value.IsOn ? signOn.Value.Button : null;

    public string WorkAccountStart => WorkAccountUrls.StartWith(ReturnUrl);

    public bool AsksForPassword => signOn.Value.OffersPasswords || Emergency || Connecting is not null || !ModelState.IsValid;

    public bool OffersDemoSignIn => environment.IsDemo();

    public IReadOnlyList<StaffRole> DemoColleagues => demo.IsDeclined ? [] : SeedDemoColleagues.Roles;

    public bool OffersPasskeys => passkeys.AreOffered;

    /// <summary>A word after something was done elsewhere: signed out, password changed.</summary>
    public string? Notice => TempData["SignIn"] as string
        ?? (Request.Query.ContainsKey("connected") ? "Your work account is connected. From now on sign in with it" : null);

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        Connecting = signOn.Value.IsOn ? (await connecting.ReadAsync(HttpContext, HttpContext.RequestAborted))?.User.Email : null;
        await next();
    }

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

        var isShort = Form.Password.Length < PasswordRules.MinLength;
        return LocalRedirect(await door.AfterPasswordAsync(HttpContext, user, isShort, ReturnUrl, ct));
    }

    /// <summary>What a passkey is to sign, as JSON, for the script.</summary>
    public async Task<IActionResult> OnPostOptionsAsync() => passkeys.AreOffered ? await passkeys.AskForOneAsync(HttpContext) : NotFound();

    /// <summary>The form that the script has filled in.</summary>
    public async Task<IActionResult> OnPostPasskeyAsync(string? credential, string? challenge, CancellationToken ct)
    {
        if (User.Identity?.IsAuthenticated == true)
        {
            return Onwards();
        }

        ModelState.Clear();
        if (await passkeys.SignInAsync(HttpContext, credential, challenge, device.From(HttpContext).Network, ct) is { } user)
        {
            return LocalRedirect(await door.CompleteAsync(HttpContext, user, "With a passkey", hasShortPassword: false, ReturnUrl, ct));
        }

        ModelState.AddModelError("Form.Email", "The passkey was not accepted. Try again, or sign in with your password");
        return Page();
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

using System.Buffers.Text;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.People.Pages.Staff;

/// <summary>Asks once more who it is, and leads back to where that was wanted.</summary>
[ForStaff, KeepsNothing]
[EnableRateLimiting(RateLimits.SignIn)]
internal sealed class ConfirmModel(ConfirmStaff confirm, IStaffProof proof, IHostEnvironment environment) : PageModel
{
    [BindProperty]
    [Display(Name = "Your password"), DataType(DataType.Password), StringLength(PasswordRules.MaxLength)]
    public string? Password { get; set; }

    [BindProperty]
    [Display(Name = "Code from your authenticator app"), StringLength(20)]
    public string? Code { get; set; }

    public bool IsByCode { get; private set; }

    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    /// <summary>Where whoever signed in with a work account proves it; null for others.</summary>
    public string? WorkAccountConfirm => User.IsByWorkAccount() ? WorkAccountUrls.ConfirmWith(ReturnUrl) : null;

    public bool OffersDemo => environment.IsDemo();

    public bool HasKept => Back.Contains($"{PostedForm.Parameter}=", StringComparison.Ordinal) || Back.Contains("/staff/kept/", StringComparison.Ordinal);

    private string Back => Url.IsLocalUrl(ReturnUrl) && ReturnUrl.StartsWith($"{Request.PathBase}/staff", StringComparison.OrdinalIgnoreCase) ? ReturnUrl : "~/staff";

    private byte[] Session => Base64Url.DecodeFromChars(User.SessionName());

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        IsByCode = await proof.IsByCodeAsync(User.StaffId(), HttpContext.RequestAborted);
        await next();
    }

    public IActionResult OnGet() => User.IsProved() ? Onwards() : Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (WorkAccountConfirm is { } workAccount)
        {
            return LocalRedirect(workAccount);
        }

        var (field, given) = IsByCode ? (nameof(Code), Code) : (nameof(Password), Password);
        if (string.IsNullOrWhiteSpace(given))
        {
            ModelState.AddModelError(field, IsByCode ? "Enter the code" : "Enter your password");
        }

        if (!ModelState.IsValid)
        {
            return Page();
        }

        if (await confirm.RunAsync(User.Actor(), Session, given!, ct) is not { } refusal)
        {
            return Onwards();
        }

        ModelState.AddModelError(field, refusal switch
        {
            SignInRefusal.NotRight => IsByCode ? "That code is not right, or was used before: take the one that the app shows next" : "That is not your password",
            SignInRefusal.TooMany => "Too many tries: wait 15 minutes, then try again",
            SignInRefusal.Busy => "Too many people are signing in at this moment: try again in a moment",
        });
        return Page();
    }

    public async Task<IActionResult> OnPostDemoAsync(CancellationToken ct)
    {
        if (!OffersDemo)
        {
            return NotFound();
        }

        await confirm.RunInDemoAsync(User.Actor(), Session, ct);
        return Onwards();
    }

    // Not to a file: the browser would stay here, as if nothing had happened.
    private LocalRedirectResult Onwards()
    {
        if (StepUp.PageOfFile(Back) is not { } page)
        {
            return LocalRedirect(Back);
        }

        TempData["Success"] = "Thank you. You can download the file now.";
        return LocalRedirect(page);
    }
}

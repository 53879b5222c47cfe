using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.People.Pages.Staff;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.People.Pages;

/// <summary>The one staff page that a one-time password opens, so it is outside Pages/Staff and names its own policy.</summary>
[Authorize(StaffIdentity.AnyPasswordPolicy)]
[EnableRateLimiting(RateLimits.SignIn)]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class AccountModel(
    TrainingHubDb db, ChangePassword change, RenameStaff rename, EndStaffSessions end, SignInManager<StaffUser> signIn, SessionClock clock,
    WorkAccountSignIn workAccounts, ConnectWorkAccount connect, IOptions<SingleSignOnOptions> signOn) : PageModel
{
    [BindProperty]
    public AccountForm Form { get; set; } = new();

    [BindProperty]
    [Display(Name = "Your name", Description = "As colleagues see it, and as the history says who did what."), StringLength(StaffUser.NameLength), PlainName]
    public string? Name { get; set; }

    /// <summary>What one signs in with beside the password.</summary>
    public SignInFactors Factors { get; private set; } = null!;

    /// <summary>Null where no work account signs in.</summary>
    public WorkAccountLine? WorkAccount { get; private set; }

    public bool IsConnected => WorkAccount?.ConnectedAt is not null;

    public bool MustChoose => User.HasClaim(claim => claim.Type == StaffIdentity.OneTimePasswordClaim);

    public string Roles => StaffUser.Words(StaffRoles.RolesOf(User));

    /// <summary>The password is one's own, and shorter than is accepted today.</summary>
    public bool IsShort => User.HasClaim(StaffIdentity.OneTimePasswordClaim, StaffIdentity.ShortPassword);

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        Factors = await SignInFactors.OfAsync(db, User.StaffId(), HttpContext.RequestAborted);
        WorkAccount = signOn.Value.IsOn ? await WorkAccountAsync(HttpContext.RequestAborted) : null;
        await next();
    }

    public Task<SessionList> SessionsAsync() => SessionList.ReadAsync(db, User.StaffId(), User, "/staff/account?handler=End", clock, HttpContext.RequestAborted);

    public void OnGet() => Name = User.Identity?.Name;

    public async Task<IActionResult> OnPostEndAsync(string? key, CancellationToken ct)
    {
        TempData["Success"] = await SessionList.EndAsync(end, User.StaffId(), key, User, ct);
        return LocalRedirect("~/staff/account#sessions");
    }

    public async Task<IActionResult> OnPostDisconnectAsync(CancellationToken ct)
    {
        if (!User.IsProved())
        {
            return Redirect(StepUp.Address(Request, $"{Request.PathBase}/staff/account"));
        }

        if (await connect.DisconnectAsync(User.StaffId(), User.Actor(), ct) is not null)
        {
            return LocalRedirect("~/staff/account");
        }

        await signIn.SignOutAsync();
        TempData["SignIn"] = "Your work account is disconnected. Sign in with your password";
        return LocalRedirect("~/sign-in");
    }

    public async Task<IActionResult> OnPostNameAsync(CancellationToken ct)
    {
        if (MustChoose)
        {
            return Forbid();
        }

        foreach (var key in ModelState.Keys.Where(key => key != nameof(Name)).ToList())
        {
            ModelState.Remove(key);
        }

        if (Name is null)
        {
            ModelState.AddModelError(nameof(Name), "Enter your name");
        }

        if (!ModelState.IsValid)
        {
            return Page();
        }

        if (!await rename.RunAsync(Name!, User.Actor(), ct))
        {
            return LocalRedirect("~/staff/account");
        }

        await signIn.SignOutAsync();
        TempData["SignIn"] = "Your name is changed. Sign in again";
        return LocalRedirect("~/sign-in");
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!ModelState.IsValid)
        {
            return Page();
        }

        Name = User.Identity?.Name;
        var refusal = await change.RunAsync(User.StaffId(), Form.Current, Form.Wanted, ct);
        if (refusal is not null)
        {
            ModelState.AddModelError(
                refusal.Problem switch
                {
                    PasswordProblem.CurrentIsWrong => "Form.Current",
                    PasswordProblem.NewIsWeak => "Form.Wanted",
                },
                refusal.Words);
            return Page();
        }

        await signIn.SignOutAsync();
        TempData["SignIn"] = "Your password is changed. Sign in with the new one";
        return LocalRedirect("~/sign-in");
    }

    private async Task<WorkAccountLine> WorkAccountAsync(CancellationToken ct)
    {
        var id = User.StaffId();
        var since = await signOn.Value.Connected(db, id).Select(account => (DateTimeOffset?)account.ConnectedAt).SingleOrDefaultAsync(ct);
        var refusal = connect.WhyNot(await db.Users.AsNoTracking().SingleAsync(user => user.Id == id, ct));
        return new(since, $"~{WorkAccountUrls.Connect}?with={Uri.EscapeDataString(workAccounts.IntentOf(HttpContext))}", refusal);
    }
}

/// <param name="ConnectedAt">Null while it is not.</param>
/// <param name="ConnectAddress">The link that connects it, good in this session alone.</param>
/// <param name="WhyNotDisconnect">What stands against taking it away.</param>
internal sealed record WorkAccountLine(DateTimeOffset? ConnectedAt, string ConnectAddress, DisconnectRefusal? WhyNotDisconnect);

internal sealed class AccountForm
{
    [Display(Name = "Present password")]
    [Required(ErrorMessage = "Enter your present password"), DataType(DataType.Password), StringLength(PasswordRules.MaxLength)]
    public string Current { get; set; } = "";

    [Display(Name = "New password", Description = "15 characters or more. Three or four random words work well")]
    [Required(ErrorMessage = "Enter a new password"), DataType(DataType.Password)]
    [StringLength(PasswordRules.MaxLength, MinimumLength = PasswordRules.MinLength, ErrorMessage = "Use a password of 15 to 200 characters")]
    public string Wanted { get; set; } = "";
}

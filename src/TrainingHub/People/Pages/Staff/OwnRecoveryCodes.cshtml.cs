using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;
using TrainingHub.Platform.Web;

namespace TrainingHub.People.Pages.Staff;

/// <summary>New recovery codes for one's own account. They stand in the answer to the form, once.</summary>
[ForStaff, KeepsNothing]
internal sealed class OwnRecoveryCodesModel(TrainingHubDb db, NewRecoveryCodes make, IOptions<SiteOptions> site) : PageModel
{
    public int Left { get; private set; }
    public RecoveryCodesView? Done { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (StepUp.Missing(HttpContext) is { } ask)
        {
            return ask;
        }

        var factors = await SignInFactors.OfAsync(db, User.StaffId(), ct);
        Left = factors.CodesLeft;
        return factors.AppAddedAt is null ? LocalRedirect("~/staff/account/authenticator") : Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (StepUp.Missing(HttpContext) is { } ask)
        {
            return ask;
        }

        var codes = await make.RunAsync(User.Actor(), ct);
        if (codes.Count == 0)
        {
            return LocalRedirect("~/staff/account/authenticator");
        }

        Done = new(codes, site.Value.Name, "~/staff/account");
        return Page();
    }
}

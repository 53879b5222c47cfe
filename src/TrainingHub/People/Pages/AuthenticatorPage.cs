using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;
using TrainingHub.Platform.Web;

namespace TrainingHub.People.Pages;

/// <summary>Where an authenticator app is set up: at the first sign-in, and from one's own account. The recovery codes stand in the answer to the form, once.</summary>
internal abstract class AuthenticatorPage(IPersonalDataProtector secrets, IOptions<SiteOptions> site) : PageModel
{
    [BindProperty]
    [Display(Name = "Code from the app", Description = "6 figures. The app shows new ones every half-minute")]
    [Required(ErrorMessage = "Enter the 6 figures that the app shows"), StringLength(20)]
    public string Code { get; set; } = "";

    [BindProperty]
    public string? SetUp { get; set; }

    /// <summary>What the app is to learn.</summary>
    public AuthenticatorSetup? App { get; private set; }

    /// <summary>Set when it is done.</summary>
    public RecoveryCodesView? Done { get; private set; }

    protected void Begin(StaffUser user) => Show(user, Totp.NewKey());

    protected async Task<AuthenticatorRefusal?> FinishAsync(StaffUser user, Func<byte[], Task<AuthenticatorAdded>> add, Func<Task<string>> next)
    {
        if (AuthenticatorSetup.KeyIn(SetUp, user.Id, secrets) is not { } key)
        {
            ModelState.Clear();
            ModelState.AddModelError(nameof(Code), "Scan the new QR code: the one before is out of date");
            Begin(user);
            return null;
        }

        if (!ModelState.IsValid)
        {
            Show(user, key);
            return null;
        }

        var added = await add(key);
        if (added.Refusal is null)
        {
            Done = new(added.Codes, site.Value.Name, await next());
        }
        else if (added.Refusal == AuthenticatorRefusal.WrongCode)
        {
            ModelState.AddModelError(nameof(Code), "The app shows another code. See that your phone has the right time, and enter what it shows now");
            Show(user, key);
        }

        return added.Refusal;
    }

    private void Show(StaffUser user, byte[] key)
    {
        App = AuthenticatorSetup.Of(key, user.Id, user.Email ?? "", site.Value, secrets);
        SetUp = App.Sealed;
    }
}

/// <param name="Next">Where it goes on, an address that begins with ~/.</param>
internal sealed record RecoveryCodesView(IReadOnlyList<string> Codes, string Site, string Next)
{
    /// <summary>The file, in the link itself: what is in it is stored nowhere.</summary>
    public string File => "data:text/plain;charset=utf-8," + Uri.EscapeDataString(
        $"Recovery codes for {Site}\nEach signs you in once in place of a code from your app.\n\n{string.Join('\n', Codes)}\n");
}

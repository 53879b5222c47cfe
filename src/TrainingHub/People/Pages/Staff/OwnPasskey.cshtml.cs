using System.Buffers.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TrainingHub.Platform.Web;

namespace TrainingHub.People.Pages.Staff;

/// <summary>One of one's own passkeys: another name for it, or away with it.</summary>
[ForStaff]
internal sealed class OwnPasskeyModel(TrainingHubDb db, ChangePasskey change) : PageModel
{
    [BindProperty]
    public PasskeyForm Form { get; set; } = new();

    [BindProperty(SupportsGet = true)]
    public string Id { get; set; } = "";

    public PasskeyLine Passkey { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        ModelState.Clear();
        if (!await ReadAsync(ct))
        {
            return NotFound();
        }

        Form.Name = Passkey.Name;
        return StepUp.Missing(HttpContext) ?? (IActionResult)Page();
    }

    public async Task<IActionResult> OnPostNameAsync(CancellationToken ct)
    {
        if (!await ReadAsync(ct))
        {
            return NotFound();
        }

        return !ModelState.IsValid ? Page() : Answer(await change.RenameAsync(Passkey.Id, Form.Name, User.Actor(), ct), "The name is saved.");
    }

    public async Task<IActionResult> OnPostRemoveAsync(CancellationToken ct)
    {
        if (!await ReadAsync(ct))
        {
            return NotFound();
        }

        return StepUp.Missing(HttpContext) ?? Answer(await change.RemoveAsync(Passkey.Id, User.Actor(), ct), "The passkey is removed.");
    }

    private IActionResult Answer(PasskeyRefusal? refusal, string done)
    {
        if (refusal is not null)
        {
            return NotFound();
        }

        TempData["Success"] = done;
        return LocalRedirect("~/staff/account");
    }

    private async Task<bool> ReadAsync(CancellationToken ct)
    {
        if (!Base64Url.IsValid(Id))
        {
            return false;
        }

        var id = Base64Url.DecodeFromChars(Id);
        var found = (await SignInFactors.OfAsync(db, User.StaffId(), ct)).Passkeys.FirstOrDefault(passkey => passkey.Id.AsSpan().SequenceEqual(id));
        Passkey = found!;
        return found is not null;
    }
}

using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.People.Pages.Staff;

/// <summary>Takes away what a colleague signs in with and sends them the link to begin anew; first it says what that ends. Administrators only.</summary>
[ForStaff(StaffRight.Accounts), StepUp]
internal sealed class ResetFactorsModel(TrainingHubDb db, ResetStaffFactors reset) : PageModel
{
    public StaffUser Account { get; private set; } = null!;
    public SignInFactors Factors { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct) =>
        await ReadAsync(id, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken ct)
    {
        if (!await ReadAsync(id, ct))
        {
            return NotFound();
        }

        if (await reset.RunAsync(id, User.Actor(), ct) is { } refusal)
        {
            return refusal switch
            {
                ResetFactorsRefusal.Unknown => NotFound(),
                ResetFactorsRefusal.Oneself => Refuse("You cannot do this for yourself. Ask another administrator"),
            };
        }

        TempData["Success"] = "They are sent a link to choose a password and set up an app anew.";
        return LocalRedirect($"~/staff/staff/{id}");
    }

    private PageResult Refuse(string words)
    {
        ModelState.AddModelError("", words);
        return Page();
    }

    private async Task<bool> ReadAsync(Guid id, CancellationToken ct)
    {
        if (await db.Users.AsNoTracking().SingleOrDefaultAsync(user => user.Id == id, ct) is not { } found)
        {
            return false;
        }

        (Account, Factors) = (found, await SignInFactors.OfAsync(db, id, ct));
        return true;
    }
}

using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Desk.Pages.Staff;

/// <summary>Who the partnership is and how to reach it.</summary>
[ForStaff(StaffRight.Settings)]
internal sealed class PartnershipSettingsModel(TrainingHubDb db, SaveSettings save, IOptions<SiteOptions> site, TimeProvider clock) : SettingsPage(db, save)
{
    private const string Preview = "preview";

    /// <summary>Filled with what is in force before it is read from the form, so that a field that the form lacks changes nothing.</summary>
    public PartnershipForm Form { get; } = PartnershipForm.Of(site.Value);

    /// <summary>The page shows how it would look.</summary>
    public bool IsPreview { get; private set; }

    protected override SettingGroup Group => SettingGroup.Partnership;

    public Task OnGetAsync(CancellationToken ct) => ReadAsync(ct);

    public async Task<IActionResult> OnPostAsync(int version, string? act, CancellationToken ct)
    {
        await ReadAsync(ct);
        var isRead = await TryUpdateModelAsync(Form, nameof(Form));
        this.CheckAddress("Form.ContactEmail", Form.ContactEmail);
        this.CheckAddress("Form.DataProtectionEmail", Form.DataProtectionEmail);
        CheckPhone("Form.ContactPhone", Form.ContactPhone);
        // A day that is configured is the operator's: it holds up nothing else on this page.
        if (Form.AccessibilityReviewedOn != site.Value.AccessibilityReviewedOn && Form.AccessibilityReviewedOn > London.DateOf(clock.GetUtcNow()))
        {
            ModelState.AddModelError("Form.AccessibilityReviewedOn", "The day of the last review cannot be in the future");
        }

        IsPreview = act == Preview && isRead && ModelState.IsValid;
        return IsPreview || !ModelState.IsValid ? Page() : await SaveAsync(version, Form.ChangesFrom(site.Value), ct);
    }

    private void CheckPhone(string key, string? phone)
    {
        if (phone is not null && phone.Count(char.IsAsciiDigit) < 3)
        {
            ModelState.AddModelError(key, "Enter a telephone number such as 01632 960 100");
        }
    }
}

using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Desk.Pages.Staff;

/// <summary>Whom pages, surveys and emails send people to who are worried about a child.</summary>
[ForStaff(StaffRight.Settings)]
internal sealed class UrgentSettingsModel(TrainingHubDb db, SaveSettings save, IOptions<SiteOptions> site) : SettingsPage(db, save)
{
    /// <summary>Filled with what is in force before it is read from the form.</summary>
    public UrgentForm Form { get; } = UrgentForm.Of(site.Value);

    public IReadOnlyList<UrgentContact>? Preview { get; private set; }

    protected override SettingGroup Group => SettingGroup.Urgent;

    public Task OnGetAsync(CancellationToken ct) => ReadAsync(ct);

    public async Task<IActionResult> OnPostAsync(int version, string? act, CancellationToken ct)
    {
        await ReadAsync(ct);
        await TryUpdateModelAsync(Form, nameof(Form));
        this.CheckAddress("Form.LeadEmail", Form.LeadEmail);
        var contacts = Form.Read(ModelState);
        Form.AddRows();
        if (!ModelState.IsValid)
        {
            return Page();
        }

        if (act == "preview")
        {
            Preview = contacts;
            return Page();
        }

        return await SaveAsync(version, Changes(site.Value, contacts), ct);
    }

    private IReadOnlyList<SettingChange> Changes(SiteOptions before, IReadOnlyList<UrgentContact> contacts) =>
    [
        new(SettingName.UrgentContacts, "Whom to call", UrgentContact.Json(before.Urgent), UrgentContact.Json(contacts)) { Words = (Said(before.Urgent), Said(contacts)) },
        new(SettingName.SafeguardingLeadEmail, "Email address of the safeguarding lead", before.SafeguardingLeadEmail ?? "", Form.LeadEmail ?? ""),
    ];

    private static string Said(IEnumerable<UrgentContact> contacts) => string.Join("; ", contacts.Select(one => one.Words));
}

using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;
using TrainingHub.Surveys;

namespace TrainingHub.Desk.Pages.Staff;

/// <summary>Whom pages, surveys and emails send people to who are worried about a child.</summary>
[ForStaff(StaffRight.Settings)]
internal sealed class UrgentSettingsModel(TrainingHubDb db, SaveSettings save, IOptions<SiteOptions> site, IOptions<ConcernOptions> concerns) : SettingsPage(db, save)
{
    /// <summary>Filled with what is in force before it is read from the form.</summary>
    public UrgentForm Form { get; } = UrgentForm.Of(site.Value, concerns.Value);

    public IReadOnlyList<UrgentContact>? Preview { get; private set; }

    protected override SettingGroup Group => SettingGroup.Urgent;

    public Task OnGetAsync(CancellationToken ct) => ReadAsync(ct);

    public async Task<IActionResult> OnPostAsync(int version, string? act, CancellationToken ct)
    {
        await ReadAsync(ct);
        await TryUpdateModelAsync(Form, nameof(Form));
        this.CheckAddress("Form.LeadEmail", Form.LeadEmail);
        this.CheckAddress("Form.DeputyEmail", Form.DeputyEmail);
        this.CheckAddress("Form.OnCallEmail", Form.OnCallEmail);
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
        new(SettingName.ConcernDeputyEmail, "Email address of the deputy", concerns.Value.DeputyEmail ?? "", Form.DeputyEmail ?? ""),
        new(SettingName.ConcernOnCallEmail, "Email address of whoever is on call", concerns.Value.OnCallEmail ?? "", Form.OnCallEmail ?? ""),
        new(SettingName.ConcernHours, "Hours after which the deputy is told of a concern", Number(concerns.Value.AcknowledgeWithinHours), Number(Form.LeadHours)),
        new(SettingName.ConcernDeputyHours, "Hours later at which whoever is on call is told", Number(concerns.Value.DeputyHours), Number(Form.DeputyHours)),
    ];

    private static string Number(int? number) => (number ?? 0).ToString(CultureInfo.InvariantCulture);

    private static string Said(IEnumerable<UrgentContact> contacts) => string.Join("; ", contacts.Select(one => one.Words));
}

using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Desk.Pages.Staff;

/// <summary>The notice above all public pages, with its last day: without one it would be forgotten there.</summary>
[ForStaff(StaffRight.Settings)]
internal sealed class NoticeSettingsModel(TrainingHubDb db, SaveSettings save, IOptions<SiteOptions> site, TimeProvider clock) : SettingsPage(db, save)
{
    private const int MostDays = 366;

    public NoticeForm Form { get; } = new() { Body = site.Value.Notice, Until = site.Value.NoticeUntil };

    public HtmlString? Preview { get; private set; }

    public bool HasNotice => site.Value.Notice.Length > 0;

    /// <summary>What visitors see now, in a sentence.</summary>
    public string Standing => site.Value switch
    {
        { Notice.Length: 0 } => "There is none now.",
        { NoticeUntil: { } last } when last >= Today => $"Visitors see it until the end of {London.Words(last)}.",
        { NoticeUntil: { } last } => $"The one below ended on {London.Words(last)}.",
        _ => "The one below has no last day, so nobody sees it.",
    };

    protected override SettingGroup Group => SettingGroup.Notice;

    private DateOnly Today => London.DateOf(clock.GetUtcNow());

    public Task OnGetAsync(CancellationToken ct) => ReadAsync(ct);

    public async Task<IActionResult> OnPostAsync(int version, string? act, CancellationToken ct)
    {
        await ReadAsync(ct);
        if (act == "remove")
        {
            return await SaveAsync(version, Changes("", null), ct);
        }

        await TryUpdateModelAsync(Form, nameof(Form));
        var body = Form.Body?.ReplaceLineEndings("\n") ?? "";
        Check(body);
        if (!ModelState.IsValid)
        {
            return Page();
        }

        if (act == "preview")
        {
            Preview = SiteTexts.Html(site.Value, body);
            return Page();
        }

        return await SaveAsync(version, Changes(body, Form.Until), ct);
    }

    private void Check(string body)
    {
        if (body.Length == 0)
        {
            ModelState.AddModelError("Form.Body", HasNotice ? "Write the notice, or take it away" : "Write the notice");
        }
        else if (ModelState.IsValid && SiteTexts.WhyNotNotice(body, site.Value) is { } wrong)
        {
            ModelState.AddModelError("Form.Body", wrong);
        }

        if (ModelState.GetFieldValidationState("Form.Until") == Microsoft.AspNetCore.Mvc.ModelBinding.ModelValidationState.Invalid)
        {
            return;
        }

        if (Form.Until is not { } until)
        {
            ModelState.AddModelError("Form.Until", "Enter the last day on which it is shown");
        }
        else if (until < Today || until > Today.AddDays(MostDays))
        {
            ModelState.AddModelError("Form.Until", $"The last day must be from today to {London.Words(Today.AddDays(MostDays))}");
        }
    }

    private IReadOnlyList<SettingChange> Changes(string body, DateOnly? until)
    {
        var (oldBody, oldUntil) = (site.Value.Notice, site.Value.NoticeUntil);
        return
        [
            new(SettingName.Notice, "Notice", oldBody, body) { Words = (oldBody.Length == 0 ? null : oldBody, body.Length == 0 ? null : body) },
            new(SettingName.NoticeUntil, "Its last day", Stored(oldUntil), Stored(until)) { Words = (Said(oldUntil), Said(until)) },
        ];
    }

    private static string Stored(DateOnly? day) => day?.ToString("O", CultureInfo.InvariantCulture) ?? "";

    private static string? Said(DateOnly? day) => day is { } known ? London.Words(known) : null;
}

internal sealed class NoticeForm
{
    [Display(Name = "The notice", Description = "Words, **bold**, *italic*, lists and links. Not taken: headings, pictures, HTML, and links that do not start with https://, mailto: or tel:.")]
    [StringLength(SiteOptions.NoticeLength, ErrorMessage = "The notice must be {1} characters or fewer")]
    public string? Body { get; set; }

    [Display(Name = "Last day on which it is shown")]
    public DateOnly? Until { get; set; }
}

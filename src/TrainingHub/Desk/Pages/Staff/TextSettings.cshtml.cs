using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Desk.Pages.Staff;

/// <summary>One text of a public page: looked at before it is published, and put back to the standard words at any time.</summary>
[ForStaff(StaffRight.Settings)]
internal sealed class TextSettingsModel(TrainingHubDb db, SaveSettings save, IOptions<SiteOptions> site) : SettingsPage(db, save)
{
    public SiteText Text { get; private set; } = SiteText.All[0];

    public TextForm Form { get; } = new();

    /// <summary>How it will look; null when nobody asked.</summary>
    public HtmlString? Preview { get; private set; }

    /// <summary>What is looked at are the standard words.</summary>
    public bool IsStandard { get; private set; }

    protected override SettingGroup Group => Text.Group;

    public async Task<IActionResult> OnGetAsync(string text, CancellationToken ct)
    {
        if (!Begin(text))
        {
            return NotFound();
        }

        await ReadAsync(ct);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string text, int version, string? act, CancellationToken ct)
    {
        if (!Begin(text))
        {
            return NotFound();
        }

        await ReadAsync(ct);
        await TryUpdateModelAsync(Form, nameof(Form));
        if (act == "standard")
        {
            ModelState.Clear();
            (Form.Body, IsStandard) = (Text.Standard, true);
        }

        var body = Form.Body?.ReplaceLineEndings("\n") ?? "";
        var wrong = body.Length == 0 && !Text.IsOptional ? "Write the words, or put our standard words back" : SiteTexts.WhyNot(body, site.Value);
        if (wrong is not null && ModelState.IsValid)
        {
            ModelState.AddModelError("Form.Body", wrong);
        }

        if (!ModelState.IsValid)
        {
            return Page();
        }

        if (act is "preview" or "standard")
        {
            Preview = body.Length == 0 ? new HtmlString("<p class=\"govuk-body\">Nothing will stand there.</p>") : SiteTexts.Html(site.Value, body);
            return Page();
        }

        var before = site.Value.TextOf(Text);
        return await SaveAsync(version, [Change(before, body)], ct);
    }

    // The standard words are kept as nothing, so that a better wording of a later version is not held up.
    private SettingChange Change(string before, string after) =>
        new(Text.Setting, Text.Name, before == Text.Standard ? "" : before, after == Text.Standard ? "" : after)
        {
            Words = (before.Length == 0 ? null : before, after.Length == 0 ? null : after),
        };

    private bool Begin(string key)
    {
        if (SiteText.Find(key) is not { } found)
        {
            return false;
        }

        (Text, Form.Body) = (found, site.Value.TextOf(found));
        return true;
    }
}

internal sealed class TextForm
{
    [Display(Name = "The words", Description = "Not taken: pictures, HTML, and links that do not start with https://, mailto: or tel:. Leave fees and deadlines out: pages show them by themselves.")]
    [StringLength(SiteText.Length, ErrorMessage = "The words must be {1} characters or fewer")]
    public string? Body { get; set; }
}

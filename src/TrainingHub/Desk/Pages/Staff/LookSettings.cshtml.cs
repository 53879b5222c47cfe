using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Desk.Pages.Staff;

/// <summary>Colours and logo. A colour on which something could not be read is refused with the figure.</summary>
[ForStaff(StaffRight.Settings)]
internal sealed class LookSettingsModel(TrainingHubDb db, SaveSettings save, IOptions<SiteOptions> site) : SettingsPage(db, save)
{
    private const string Preview = "preview";

    private byte[]? png;

    /// <summary>Filled with what is in force before it is read from the form.</summary>
    public LookForm Form { get; } = new() { BrandColour = site.Value.BrandColour, ActionColour = site.Value.ActionColour };

    public LogoPicture? Logo => site.Value.LogoPicture;

    /// <summary>The sheet of the colours that are looked at and not yet saved; null without any.</summary>
    public string? PreviewSheet { get; private set; }

    protected override SettingGroup Group => SettingGroup.Look;

    public Task OnGetAsync(CancellationToken ct) => ReadAsync(ct);

    public async Task<IActionResult> OnPostAsync(int version, string? act, CancellationToken ct)
    {
        await ReadAsync(ct);
        await TryUpdateModelAsync(Form, nameof(Form));
        Check("Form.BrandColour", Form.BrandColour, BrandColours.WhyNotBrand);
        Check("Form.ActionColour", Form.ActionColour, BrandColours.WhyNotAction);
        await ReadLogoAsync(ct);
        if (!ModelState.IsValid)
        {
            return Page();
        }

        if (act == Preview)
        {
            PreviewSheet = $"{BrandColours.PreviewPath}?brand={Uri.EscapeDataString(Form.BrandColour ?? "")}&action={Uri.EscapeDataString(Form.ActionColour ?? "")}";
            return Page();
        }

        return await SaveAsync(version, Changes(), ct);
    }

    private void Check(string key, string? colour, Func<string, string?> whyNot)
    {
        if (colour is null)
        {
            return;
        }

        if (!BrandColours.IsColour(colour))
        {
            ModelState.AddModelError(key, "Enter a colour as # and six digits or letters from a to f, such as #3d1842");
        }
        else if (whyNot(colour) is { } fault)
        {
            ModelState.AddModelError(key, fault);
        }
    }

    private async Task ReadLogoAsync(CancellationToken ct)
    {
        if (Form.Logo is not { Length: > 0 } file)
        {
            return;
        }

        if (file.Length > LogoPicture.MostBytes)
        {
            ModelState.AddModelError("Form.Logo", $"The file has {(file.Length + 1023) / 1024} KB. Choose a PNG of at most {LogoPicture.MostBytes / 1024} KB");
            return;
        }

        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes, ct);
        png = LogoPicture.Read(bytes.ToArray());
        if (png is null)
        {
            ModelState.AddModelError("Form.Logo", $"Choose a PNG picture of 16 to {LogoPicture.MostPixels} pixels a side. Other kinds, SVG too, are not taken");
        }
    }

    private List<SettingChange> Changes()
    {
        var before = site.Value;
        List<SettingChange> changes =
        [
            new(SettingName.BrandColour, "Colour of the header", before.BrandColour ?? "", Form.BrandColour?.ToLowerInvariant() ?? "") { Words = (before.BrandColour ?? "the usual", Form.BrandColour?.ToLowerInvariant() ?? "the usual") },
            new(SettingName.ActionColour, "Colour of buttons and links", before.ActionColour ?? "", Form.ActionColour?.ToLowerInvariant() ?? "") { Words = (before.ActionColour ?? "the usual", Form.ActionColour?.ToLowerInvariant() ?? "the usual") },
        ];
        var after = png is not null ? Convert.ToBase64String(png) : Form.WithoutLogo ? "" : before.Logo ?? "";
        changes.Add(new(SettingName.Logo, "Logo", before.Logo ?? "", after)
        {
            Words = (before.LogoPicture?.Words ?? "none", after.Length == 0 ? "none" : LogoPicture.Of(after).Words),
        });
        return changes;
    }
}

internal sealed class LookForm
{
    [Display(Name = "Colour of the header", Description = "As # and six digits, such as #3d1842. Leave empty for the usual colour.")]
    public string? BrandColour { get; set; }

    [Display(Name = "Colour of buttons and links", Description = "As above. Leave empty for the usual colour.")]
    public string? ActionColour { get; set; }

    [Display(Name = "Logo", Description = "A PNG of at most 100 KB, shown 40 pixels high on the colour of the header. A transparent ground looks best.")]
    public IFormFile? Logo { get; set; }

    [Display(Name = "Show no logo")]
    public bool WithoutLogo { get; set; }
}

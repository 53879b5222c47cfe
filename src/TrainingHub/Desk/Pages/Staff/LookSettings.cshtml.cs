using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Desk.Pages.Staff;

/// <summary>Colours and logo, looked at before they are saved. A colour on which something could not be read is refused with the figure.</summary>
[ForStaff(StaffRight.Settings)]
internal sealed class LookSettingsModel(TrainingHubDb db, SaveSettings save, IOptions<SiteOptions> site, TimeProvider clock) : SettingsPage(db, save)
{
    private readonly TrainingHubDb db = db;
    private LogoPicture? chosen;

    /// <summary>Filled with what is in force before it is read from the form.</summary>
    public LookForm Form { get; } = new() { BrandColour = site.Value.BrandColour, ActionColour = site.Value.ActionColour };

    public LogoPicture? Logo => site.Value.LogoPicture;

    public bool IsPreview { get; private set; }

    /// <summary>The sheet of the colours that are looked at and not yet saved; null when they are the usual ones.</summary>
    public string? PreviewSheet =>
        IsPreview && (Form.BrandColour ?? Form.ActionColour) is not null
            ? $"{BrandColours.PreviewPath}?brand={Uri.EscapeDataString(Form.BrandColour ?? "")}&action={Uri.EscapeDataString(Form.ActionColour ?? "")}"
            : null;

    /// <summary>The logo that is looked at, and where; null for none.</summary>
    public (LogoPicture Picture, string Url)? PreviewLogo =>
        chosen is not null ? (chosen, $"{LogoPicture.PreviewPath}?v={chosen.Mark}")
        : Logo is { } now && !Form.WithoutLogo ? (now, now.Address)
        : null;

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

        if (act == "preview")
        {
            await KeepForSavingAsync(ct);
            IsPreview = true;
            return Page();
        }

        var answer = await SaveAsync(version, Changes(), ct);
        if (answer is not PageResult)
        {
            await LogoDraft.DropAsync(db, ct);
        }

        return answer;
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
        if (Form.Logo is { Length: > LogoPicture.MostBytes } large)
        {
            ModelState.AddModelError("Form.Logo", $"The file has {(large.Length + 1023) / 1024} KB. Choose a PNG or JPEG of at most {LogoPicture.MostBytes / 1024} KB");
        }
        else if (Form.Logo is { Length: > 0 } file)
        {
            using var bytes = new MemoryStream();
            await file.CopyToAsync(bytes, ct);
            chosen = LogoPicture.Read(bytes.ToArray());
            if (chosen is null)
            {
                ModelState.AddModelError("Form.Logo", $"Choose a PNG or JPEG picture of {LogoPicture.LeastPixels} to {LogoPicture.MostPixels} pixels a side. Other kinds, SVG too, are not taken: save your logo as a PNG");
            }
        }
        else if (Form.LogoMark is { } mark && !Form.WithoutLogo)
        {
            chosen = await LogoDraft.ReadAsync(db, ct) is { } draft && draft.Mark == mark ? draft : null;
            if (chosen is null)
            {
                ClearMark();
                ModelState.AddModelError("Form.Logo", "Choose the logo again: another one was looked at since");
            }
        }
    }

    // A browser sends a chosen file once: what was looked at is kept, and the form carries its mark.
    private async Task KeepForSavingAsync(CancellationToken ct)
    {
        ClearMark();
        if (chosen is not null)
        {
            await LogoDraft.KeepAsync(db, chosen, clock.GetUtcNow(), ct);
            Form.LogoMark = chosen.Mark;
        }
    }

    private void ClearMark()
    {
        ModelState.Remove("Form.LogoMark");
        Form.LogoMark = null;
    }

    private List<SettingChange> Changes()
    {
        var before = site.Value;
        var after = chosen ?? (Form.WithoutLogo ? null : before.LogoPicture);
        return
        [
            Colour(SettingName.BrandColour, "Colour of the header", before.BrandColour, Form.BrandColour),
            Colour(SettingName.ActionColour, "Colour of buttons and links", before.ActionColour, Form.ActionColour),
            new(SettingName.Logo, "Logo", before.LogoPicture?.Stored ?? "", after?.Stored ?? "") { Words = (before.LogoPicture?.Words ?? "none", after?.Words ?? "none") },
        ];
    }

    private static SettingChange Colour(string name, string what, string? before, string? after) =>
        new(name, what, before ?? "", after?.ToLowerInvariant() ?? "") { Words = (before ?? "the usual", after?.ToLowerInvariant() ?? "the usual") };
}

internal sealed class LookForm
{
    [Display(Name = "Colour of the header", Description = "As # and six digits, such as #3d1842. Also of the band above each email. Leave empty for the usual colour.")]
    public string? BrandColour { get; set; }

    [Display(Name = "Colour of buttons and links", Description = "On pages and in emails. Leave empty for the usual colour.")]
    public string? ActionColour { get; set; }

    [Display(Name = "Logo", Description = "A PNG or JPEG of at most 100 KB, from 16 to 1,200 pixels a side, shown 40 pixels high on the colour of the header. A PNG with a transparent ground looks best. SVG is not taken, because it can hold a program.")]
    public IFormFile? Logo { get; set; }

    /// <summary>Of the logo that was looked at and is to be saved.</summary>
    public string? LogoMark { get; set; }

    [Display(Name = "Show no logo")]
    public bool WithoutLogo { get; set; }
}

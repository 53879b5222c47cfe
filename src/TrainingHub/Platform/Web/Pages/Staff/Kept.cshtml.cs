using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace TrainingHub.Platform.Web.Pages.Staff;

/// <summary>What somebody typed before their session ended, where its own page cannot show it: a later step, or rows that were added.</summary>
[ForStaff]
internal sealed partial class KeptModel(PostedForm posted) : PageModel
{
    public Guid Id { get; private set; }
    public KeptContent Kept { get; private set; } = null!;
    public string Words => StaffFormFilter.Words(Kept);

    /// <summary>Without what the page itself put into the form.</summary>
    public IEnumerable<(string Name, string Value)> Typed => Kept.Fields
        .Where(one => one.Value.Length > 0 && !Guid.TryParse(one.Value, out _))
        .Select(one => (NameOf(one.Name), one.Value));

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        if (await posted.FindAsync(HttpContext, id, ct) is not { } content)
        {
            return NotFound();
        }

        (Id, Kept) = (id, content);
        return Page();
    }

    // "Form.InvoiceEmail" is the invoice email.
    private static string NameOf(string name)
    {
        var words = Capital().Replace(name.Split('.')[^1], " $0").Trim().ToLowerInvariant();
        return words.Length == 0 ? name : char.ToUpperInvariant(words[0]) + words[1..];
    }

    [GeneratedRegex("(?<=[a-z])[A-Z]")]
    private static partial Regex Capital();
}

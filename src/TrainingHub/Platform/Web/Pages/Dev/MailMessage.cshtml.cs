using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TrainingHub.Platform.Email;

namespace TrainingHub.Platform.Web.Pages.Dev;

/// <summary>One email: its headers and text on a page, and at <c>…/body</c> its HTML alone, as it would be shown.</summary>
internal sealed partial class MailMessageModel(MailFolder folder) : PageModel
{
    // An email has its styles inside, and nothing else that a browser would have to run or fetch.
    private const string BodyPolicy =
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static readonly string[] Shown = ["From", "To", "Reply-To", "Message-ID", "List-Unsubscribe"];

    public string Name { get; private set; } = "";

    public StoredEmail Email { get; private set; } = new([], "", "");

    public IEnumerable<KeyValuePair<string, string>> Headers =>
        [.. Shown.Where(name => Email[name].Length > 0).Select(name => KeyValuePair.Create(name, Email[name])), new("Written", Written(Email))];

    /// <summary>The text in pieces, web addresses apart.</summary>
    public string[] Text => WebAddress().Split(Email.Text);

    public static bool IsAddress(string piece) => WebAddress().IsMatch(piece);

    /// <summary>When it was written, in London, by the demonstration's clock.</summary>
    public static string Written(StoredEmail email) =>
        DateTimeOffset.TryParse(email["Date"], CultureInfo.InvariantCulture, out var at) ? London.Moment(at) : email["Date"];

    public async Task<IActionResult> OnGetAsync(string name, CancellationToken ct) =>
        await FindAsync(name, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnGetBodyAsync(string name, CancellationToken ct)
    {
        if (!await FindAsync(name, ct))
        {
            return NotFound();
        }

        Response.Headers.ContentSecurityPolicy = BodyPolicy;
        return Content(Email.Html, "text/html; charset=utf-8");
    }

    private async Task<bool> FindAsync(string name, CancellationToken ct)
    {
        if (await folder.ReadAsync(name, ct) is not { } email)
        {
            return false;
        }

        (Name, Email) = (name, email);
        return true;
    }

    [GeneratedRegex(@"(https?://\S+)")]
    private static partial Regex WebAddress();
}

using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TrainingHub.Platform.Files;

namespace TrainingHub.Platform.Web;

/// <summary>A document that somebody sends with a form, and one that is given out.</summary>
internal static class SentFiles
{
    /// <returns>Null when it cannot be kept; the field then says why.</returns>
    public static async Task<CheckedFile?> ReadFileAsync(this PageModel page, string field, IFormFile sent, CancellationToken ct)
    {
        if (sent.Length > CheckedFile.MostBytes)
        {
            page.ModelState.AddModelError(field, CheckedFile.Words(CheckedFileRefusal.TooLarge, CheckedFile.NameOf(sent.FileName, "")));
            return null;
        }

        var content = new byte[sent.Length];
        await using var stream = sent.OpenReadStream();
        await stream.ReadExactlyAsync(content, ct);
        var (file, refusal) = CheckedFile.Read(sent.FileName, content);
        if (refusal is { } why)
        {
            page.ModelState.AddModelError(field, CheckedFile.Words(why, CheckedFile.NameOf(sent.FileName, "")));
        }

        return file;
    }

    /// <summary>
    /// Always as a download, for it came from outside. Should a browser show it all the same, it is in a sandbox that runs nothing and asks
    /// for nothing (OWASP ASVS 5.0, 5.4).
    /// </summary>
    public static FileContentResult Attachment(this PageModel page, string name, CheckedFileKind kind, byte[] content)
    {
        page.Response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'; frame-ancestors 'none'";
        page.Response.Headers.CacheControl = "no-store";
        return page.File(content, CheckedFile.ContentType(kind), name);
    }
}

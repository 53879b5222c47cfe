using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Identity;
using QRCoder;
using TrainingHub.Platform.Web;
using TrainingHub.Platform.Web.TagHelpers;

namespace TrainingHub.People.Pages;

/// <summary>A key that an app is to learn: as a picture, as text, and sealed for the form, so that nothing is stored before the app knows it.</summary>
internal sealed record AuthenticatorSetup(string Sealed, string Key, IHtmlContent Picture)
{
    private const int GroupLength = 4;

    public static AuthenticatorSetup Of(byte[] key, Guid user, string account, SiteOptions site, IPersonalDataProtector secrets) => new(
        secrets.Protect($"{user:N} {Convert.ToBase64String(key)}")!,
        string.Join(' ', Totp.TextOf(key).Chunk(GroupLength).Select(group => new string(group))),
        PictureOf(Totp.AddressOf(key, site.Name, account)));

    /// <returns>The key; null when it is not one that was made for this account.</returns>
    public static byte[]? KeyIn(string? sealedKey, Guid user, IPersonalDataProtector secrets)
    {
        try
        {
            return secrets.Unprotect(sealedKey)?.Split(' ', 2) is [var id, var key] && id == user.ToString("N") ? Convert.FromBase64String(key) : null;
        }
        catch (Exception wrong) when (wrong is CryptographicException or FormatException)
        {
            return null;
        }
    }

    // One path for all dark modules, on white in every colour scheme.
    private static HtmlElement PictureOf(string address)
    {
        using var code = QRCodeGenerator.GenerateQrCode(address, QRCodeGenerator.ECCLevel.M);
        var rows = code.ModuleMatrix;
        var path = new StringBuilder();
        for (var y = 0; y < rows.Count; y++)
        {
            for (var x = 0; x < rows[y].Count; x++)
            {
                if (rows[y][x])
                {
                    path.Append(CultureInfo.InvariantCulture, $"M{x} {y}h1v1h-1z");
                }
            }
        }

        var size = rows.Count.ToString(CultureInfo.InvariantCulture);
        return Html.El(
            "svg",
            Html.All(
                Html.El("rect", null, ("width", size), ("height", size), ("fill", "#fff")),
                Html.El("path", null, ("d", path.ToString()), ("fill", "#000"))),
            ("class", "app-qr"), ("viewBox", $"0 0 {size} {size}"), ("shape-rendering", "crispEdges"), ("role", "img"),
            ("aria-label", "QR code for your authenticator app"));
    }
}

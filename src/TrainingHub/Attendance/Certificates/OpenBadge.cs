using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Attendance;

/// <summary>
/// A certificate as an Open Badge 3.0: a credential in the form VC-JWT (1EdTech Open Badges 3.0, section 8.2), signed with RS256. It
/// names its holder and has the hash of their address with a salt, never the address. The file says what was true when it was taken;
/// that a certificate was withdrawn later is on the check page, to which it leads.
/// </summary>
internal sealed class OpenBadge(BadgeKeys keys, IOptions<SiteOptions> site)
{
    public const string ContentType = "application/vc+jwt";

    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="certificate">One whose name is held.</param>
    /// <param name="email">Its holder's address.</param>
    /// <param name="ct"></param>
    public async Task<string> WriteAsync(Certificate certificate, string email, CancellationToken ct)
    {
        var (key, sign) = await keys.InUseAsync(ct);
        var header = new JsonObject { ["alg"] = "RS256", ["typ"] = "JWT", ["kid"] = site.Value.Absolute(CertificateUrls.Key(key)) };
        var signed = $"{Part(header)}.{Part(Credential(certificate, email))}";
        return $"{signed}.{Base64Url.EncodeToString(sign(Encoding.ASCII.GetBytes(signed)))}";
    }

    /// <summary>Who issues badges, as a profile.</summary>
    public static JsonObject Issuer(SiteOptions site) => new()
    {
        ["id"] = site.Absolute(CertificateUrls.Issuer),
        ["type"] = new JsonArray("Profile"),
        ["name"] = site.PartnershipName,
        ["url"] = site.PublicUrl.AbsoluteUri,
        ["email"] = site.ContactEmail,
    };

    private JsonObject Credential(Certificate certificate, string email)
    {
        var check = site.Value.Absolute(CertificateUrls.CheckOf(certificate.Code));
        var subject = $"urn:uuid:{certificate.Id}";
        var from = certificate.IssuedAt.ToUnixTimeSeconds();
        var credential = new JsonObject
        {
            ["@context"] = new JsonArray("https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"),
            ["id"] = check,
            ["type"] = new JsonArray("VerifiableCredential", "OpenBadgeCredential"),
            ["issuer"] = Issuer(site.Value),
            ["name"] = certificate.CourseTitle,
            ["validFrom"] = Instant(from),
            ["credentialSubject"] = new JsonObject
            {
                ["id"] = subject,
                ["type"] = new JsonArray("AchievementSubject"),
                ["identifier"] = new JsonArray(Name(certificate), Address(email)),
                ["achievement"] = Achievement(certificate),
            },
            ["evidence"] = new JsonArray(new JsonObject
            {
                ["id"] = check,
                ["type"] = new JsonArray("Evidence"),
                ["name"] = "Check page",
                ["narrative"] = "Says whether the certificate still counts.",
            }),
            ["iss"] = site.Value.Absolute(CertificateUrls.Issuer),
            ["jti"] = check,
            ["nbf"] = from,
            ["sub"] = subject,
        };
        if (certificate.ValidUntil is { } until)
        {
            // Its last day is over at the London midnight.
            var end = London.Instant(until.AddDays(1), TimeOnly.MinValue).ToUnixTimeSeconds();
            (credential["validUntil"], credential["exp"]) = (Instant(end), end);
        }

        return credential;
    }

    private JsonObject Achievement(Certificate certificate) => new()
    {
        ["id"] = site.Value.Absolute(CertificateUrls.Issuer) + $"#course-{certificate.CourseId}",
        ["type"] = new JsonArray("Achievement"),
        ["achievementType"] = "Course",
        ["name"] = certificate.CourseTitle,
        ["description"] = $"{certificate.CourseTitle}, {CertificateWords.Length(certificate.Minutes)}{(certificate.Level is { Length: > 0 } level ? $", {level}" : "")}.",
        ["criteria"] = new JsonObject
        {
            ["narrative"] = $"{(certificate.IsPart ? "Attended part of the course" : "Attended the course")} on {CertificateWords.Days(certificate.Days)}, by the register of {certificate.PartnershipName}.",
        },
    };

    private static JsonObject Name(Certificate certificate) => new()
    {
        ["type"] = "IdentityObject",
        ["hashed"] = false,
        ["identityHash"] = certificate.PersonName ?? throw new InvalidOperationException($"Nobody's name is held for certificate {certificate.Id}."),
        ["identityType"] = "name",
    };

    private static JsonObject Address(string email)
    {
        var salt = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(email.ToLowerInvariant() + salt));
        return new()
        {
            ["type"] = "IdentityObject",
            ["hashed"] = true,
            ["identityHash"] = $"sha256${Convert.ToHexStringLower(hash)}",
            ["identityType"] = "emailAddress",
            ["salt"] = salt,
        };
    }

    private static string Instant(long seconds) => DateTimeOffset.FromUnixTimeSeconds(seconds).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private static string Part(JsonObject part) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(part.ToJsonString(Json)));
}

using System.Buffers.Text;
using System.Security.Cryptography;

namespace TrainingHub.Platform;

/// <summary>
/// The secret in a link that needs no sign-in: 128 random bits (OWASP ASVS 5.0, 11.5.1), 22 URL-safe characters.
/// Only the SHA-256 hash is stored; the token itself is in the email alone.
/// </summary>
internal readonly record struct SecretToken(string Value)
{
    public static SecretToken New() => new(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16)));

    public byte[] Hash => HashOf(Value);

    public static byte[] HashOf(string token) => SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(token));

    public override string ToString() => "(secret)";
}

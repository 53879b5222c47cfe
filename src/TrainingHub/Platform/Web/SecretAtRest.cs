using Microsoft.AspNetCore.DataProtection;

namespace TrainingHub.Platform.Web;

/// <summary>Encrypts a secret that lies in the database, with the keys that also protect cookies. What it is for and whose it is are part of the key.</summary>
internal sealed class SecretAtRest(IDataProtectionProvider protection)
{
    public byte[] Protect(string purpose, string of, byte[] secret) => Protector(purpose, of).Protect(secret);

    /// <exception cref="System.Security.Cryptography.CryptographicException">It was encrypted for something else, or its key is lost.</exception>
    public byte[] Unprotect(string purpose, string of, byte[] secret) => Protector(purpose, of).Unprotect(secret);

    private IDataProtector Protector(string purpose, string of) => protection.CreateProtector(nameof(SecretAtRest), purpose, of);
}

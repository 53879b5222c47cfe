using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;

namespace TrainingHub.People.Pages;

/// <summary>Encrypts what must be read again and nobody else may read, with the site's own keys: the keys of authenticator apps. Reading what other keys made throws.</summary>
internal sealed class StaffSecrets(IDataProtectionProvider protection) : IPersonalDataProtector
{
    private readonly IDataProtector protector = protection.CreateProtector("StaffSecrets");

    [return: NotNullIfNotNull(nameof(data))]
    public string? Protect(string? data) => data is null ? null : protector.Protect(data);

    [return: NotNullIfNotNull(nameof(data))]
    public string? Unprotect(string? data) => data is null ? null : protector.Unprotect(data);
}

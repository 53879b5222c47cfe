using Microsoft.Extensions.Options;
using TrainingHub.Platform;

namespace TrainingHub.People;

internal enum PasswordsRule
{
    /// <summary>Beside the work account, for whoever has not connected one.</summary>
    Offered,

    /// <summary>For administrators who have not connected a work account, with a second factor: when the provider is out of reach.</summary>
    AdministratorsOnly,
}

/// <summary>Section <c>SingleSignOn</c>: signing in with a work account by OpenID Connect. Without an authority there is none.</summary>
internal sealed class SingleSignOnOptions
{
    public const string Section = "SingleSignOn";

    /// <summary>The issuer, letter for letter as the provider's discovery document names it.</summary>
    public string Authority { get; init; } = "";

    public string ClientId { get; init; } = "";

    public string ClientSecret { get; init; } = "";

    /// <summary>What the button says.</summary>
    public string Button { get; init; } = "Sign in with your work account";

    /// <summary>Scopes beside openid, profile, email and offline_access; some providers want one for groups.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>Which group or app role has which role here, as <see cref="GroupRoles"/> reads it.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    public PasswordsRule Passwords { get; init; }

    public bool IsOn => Authority.Length > 0;

    /// <summary>Whether a password signs in whoever has one and no work account.</summary>
    public bool OffersPasswords => !IsOn || Passwords == PasswordsRule.Offered;

    /// <summary>The accounts that this provider looks after; none without one.</summary>
    public IQueryable<StaffWorkAccount> Connected(TrainingHubDb db) => db.StaffWorkAccounts.Where(account => account.Issuer == Authority);

    /// <inheritdoc cref="Connected(TrainingHubDb)"/>
    public IQueryable<StaffWorkAccount> Connected(TrainingHubDb db, Guid user) => Connected(db).Where(account => account.StaffUserId == user);
}

/// <summary>Refuses to start with half a set-up, or one that would let in whoever asks.</summary>
internal sealed class SingleSignOnRules(IHostEnvironment environment) : IValidateOptions<SingleSignOnOptions>
{
    public ValidateOptionsResult Validate(string? name, SingleSignOnOptions options)
    {
        var faults = Faults(options).ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private IEnumerable<string> Faults(SingleSignOnOptions options)
    {
        if (!options.IsOn)
        {
            if ((options.ClientId + options.ClientSecret).Length + options.Roles.Count > 0 || options.Passwords != PasswordsRule.Offered)
            {
                yield return "SingleSignOn:Authority is required with the other settings there.";
            }

            yield break;
        }

        if (WhyNotAuthority(options.Authority) is { } why)
        {
            yield return why;
        }

        if (options.ClientId.Length == 0 || options.ClientSecret.Length == 0)
        {
            yield return "SingleSignOn:ClientId and SingleSignOn:ClientSecret are required with SingleSignOn:Authority.";
        }

        if (options.Roles.Count == 0)
        {
            yield return "SingleSignOn:Roles is empty: nobody could sign in. Say which group has which role, for example SingleSignOn__Roles__0=\"training-team = Coordinator\".";
        }

        foreach (var fault in options.Roles.Select(GroupRoles.WhyNot).OfType<string>())
        {
            yield return fault;
        }

        if (options.Button.Trim().Length is 0 or > 60)
        {
            yield return "SingleSignOn:Button must have 1 to 60 characters.";
        }
    }

    private string? WhyNotAuthority(string authority)
    {
        var isPlainAllowed = environment.IsDemo() || environment.IsDevelopment();
        if (!Uri.TryCreate(authority, UriKind.Absolute, out var address) || address.Query.Length + address.Fragment.Length > 0
            || (address.Scheme != Uri.UriSchemeHttps && !(isPlainAllowed && address.Scheme == Uri.UriSchemeHttp)))
        {
            return "SingleSignOn:Authority must be an https address.";
        }

        return authority.Length > StaffWorkAccount.IssuerLength ? "SingleSignOn:Authority is too long."
            // Anybody with an account of Microsoft's could sign in.
            : address.Segments is [_, var tenant, ..] && tenant.TrimEnd('/') is "common" or "organizations" or "consumers"
                ? "SingleSignOn:Authority must name one directory: https://login.microsoftonline.com/<directory id>/v2.0."
                : null;
    }
}

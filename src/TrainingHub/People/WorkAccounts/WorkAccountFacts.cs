using System.Globalization;
using System.Security.Claims;

namespace TrainingHub.People;

/// <summary>What the provider says of a person, from a checked id token and its userinfo.</summary>
/// <param name="Session">The provider's name of the sign-in (sid), by which it ends it.</param>
/// <param name="Groups">Groups and app roles.</param>
/// <param name="HasTooMany">The person is in more groups than the token holds, so it names none (Microsoft Entra ID, "groups overage").</param>
/// <param name="AuthenticatedAt">When the person last proved to the provider that it is they.</param>
internal sealed record WorkAccountFacts(
    string Subject, string? Session, string? Email, string Name, IReadOnlyList<string> Groups, bool HasTooMany, DateTimeOffset? AuthenticatedAt)
{
    /// <summary>What is asked for besides what the handler maps by itself.</summary>
    public static readonly IReadOnlyList<string> Wanted = ["groups", "roles", "hasgroups", "_claim_names", "email_verified", "preferred_username", "upn"];

    public static WorkAccountFacts Of(IReadOnlyCollection<Claim> claims)
    {
        var email = (Is("email_verified", "false") ? null : First("email")) ?? First("preferred_username") ?? First("upn");
        var groups = claims.Where(claim => claim.Type is "groups" or "roles").Select(claim => claim.Value).Distinct().ToList();
        return new(
            First("sub") ?? throw new InvalidOperationException("An id token without a subject."), First("sid"), email, First("name") ?? "", groups,
            HasOverage(), long.TryParse(First("auth_time"), CultureInfo.InvariantCulture, out var at) ? DateTimeOffset.FromUnixTimeSeconds(at) : null);

        string? First(string type) => claims.FirstOrDefault(claim => claim.Type == type)?.Value is { Length: > 0 } value ? value.Trim() : null;

        // A token writes it small, userinfo in whatever way.
        bool Is(string type, string value) => string.Equals(First(type), value, StringComparison.OrdinalIgnoreCase);

        bool HasOverage() => Is("hasgroups", "true")
            || First("_claim_names")?.Contains("\"groups\"", StringComparison.Ordinal) == true;
    }

    /// <summary>The name as an account has it: one line, not longer than that; the address where there is none.</summary>
    public string NameOfAccount()
    {
        var name = Platform.PlainName.Fold(new string([.. Name.Where(letter => !char.IsControl(letter))]));
        name = name.Length == 0 || Platform.PlainName.HasAddress(name) ? (Email ?? Subject).Split('@')[0] : name;
        return name.Length <= StaffUser.NameLength ? name : name[..StaffUser.NameLength].TrimEnd();
    }
}

/// <summary>A session that a work account begins, as it is stored with it.</summary>
internal sealed record WorkAccountSession(string Issuer, string Subject, string? ProviderSession, string RefreshToken, string? IdToken);

using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace TrainingHub.People.Pages;

/// <summary>What a session says of its person: id, name, whether the password is still to be chosen, and what the account is for.</summary>
internal sealed class StaffPrincipals(UserManager<StaffUser> users, IOptions<IdentityOptions> options)
    : UserClaimsPrincipalFactory<StaffUser>(users, options)
{
    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(StaffUser user)
    {
        var identity = await base.GenerateClaimsAsync(user);
        identity.RemoveClaim(identity.FindFirst(identity.NameClaimType));
        identity.AddClaim(new Claim(identity.NameClaimType, user.Name));
        if (user.OneTimePasswordUntil is not null)
        {
            identity.AddClaim(new Claim(StaffIdentity.OneTimePasswordClaim, "yes"));
        }

        identity.AddClaims(user.Roles.Select(role => new Claim(ClaimTypes.Role, $"{role}")));
        identity.AddClaims(user.AreaIds.Select(area => new Claim(StaffIdentity.AreaClaim, $"{area}")));

        return identity;
    }
}

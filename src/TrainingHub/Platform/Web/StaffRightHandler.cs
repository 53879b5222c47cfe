using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;

namespace TrainingHub.Platform.Web;

/// <summary>Asks the session's roles for what <see cref="ForStaffAttribute"/> wants of the request's method.</summary>
internal sealed class StaffRightHandler : AuthorizationHandler<ForStaffAttribute>
{
    public static bool Allows(ClaimsPrincipal user, ForStaffAttribute page, string method) =>
        user.Identity?.IsAuthenticated == true && page.Needs(method) is var needs && (needs.Count == 0 || user.MayAny(needs));

    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, ForStaffAttribute requirement)
    {
        if (context.Resource is HttpContext http && Allows(context.User, requirement, http.Request.Method))
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }
}

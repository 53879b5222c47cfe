using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using TrainingHub.Platform;

namespace TrainingHub.People.Pages;

/// <summary>One click signs in as the demonstration's coordinator, or as a colleague with one role. Mapped in Demo only; a test says that it is nowhere else.</summary>
internal static class DemoSignIn
{
    public const string Path = "/dev/sign-in";

    public static async Task<IResult> RunAsync(
        HttpContext context, IAntiforgery antiforgery, UserManager<StaffUser> users, StaffSignIn door)
    {
        if (!await antiforgery.IsRequestValidAsync(context))
        {
            return Results.BadRequest();
        }

        var colleague = Enum.TryParse<StaffRole>(context.Request.Form["As"], out var role) ? SeedDemoColleagues.EmailOf(role) : SeedDemoCoordinator.Email;
        var account = await users.FindByEmailAsync(colleague);
        if (account is not { ClosedAt: null })
        {
            return Results.LocalRedirect("~/sign-in");
        }

        var wanted = context.Request.Form["ReturnUrl"].ToString();
        if (context.User.Identity?.IsAuthenticated == true)
        {
            return Results.LocalRedirect(RedirectHttpResult.IsLocalUrl(wanted) ? wanted : "~/staff");
        }

        return Results.LocalRedirect(await door.CompleteAsync(context, account, "By the button of the demonstration", hasShortPassword: false, wanted, context.RequestAborted));
    }
}

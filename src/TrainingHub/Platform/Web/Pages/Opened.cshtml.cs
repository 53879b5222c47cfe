using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace TrainingHub.Platform.Web.Pages;

/// <summary>Between a private link and what it opens: leads on at once, or says that the browser keeps no cookies.</summary>
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class OpenedModel(PrivateAccess access) : PageModel
{
    public IActionResult OnGet(string? to)
    {
        var path = "~/" + to;
        if (access.IsAnyGranted(Request) && to is not null && Url.IsLocalUrl(path))
        {
            return LocalRedirect(path);
        }

        Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page();
    }
}

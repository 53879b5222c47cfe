using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace TrainingHub.FreePlaces.Pages;

/// <summary>What happens with an application that was sent a moment ago. To whoever comes without one there is nothing to say.</summary>
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class AppliedModel : PageModel
{
    public IActionResult OnGet() => TempData.Peek("DecideBy") is null ? Redirect("~" + FreePlaceUrls.Policy) : Page();
}

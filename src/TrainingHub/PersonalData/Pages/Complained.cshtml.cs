using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace TrainingHub.PersonalData.Pages;

/// <summary>What happens with a complaint that was sent a moment ago. To whoever comes without one there is nothing to say.</summary>
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class ComplainedModel : PageModel
{
    public const string Reference = "ComplaintReference";
    public const string Due = "ComplaintDue";
    public const string Email = "ComplaintEmail";

    public IActionResult OnGet() => TempData.Peek(Reference) is null ? Redirect("~" + PersonalDataUrls.Complain) : Page();
}

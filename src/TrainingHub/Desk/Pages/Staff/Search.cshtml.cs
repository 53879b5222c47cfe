using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Desk.Pages.Staff;

/// <summary>What the search box in the header of every staff page leads to.</summary>
[ForStaff(StaffRight.ReadBookings)]
internal sealed class SearchModel(SearchEverything search) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    /// <summary>Null when nothing was typed that could be looked for.</summary>
    public SearchText? Text { get; private set; }
    public FoundEverything? Found { get; private set; }

    public bool IsTooLong => Q?.Length > SearchText.MaxLength;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        Text = SearchText.Of(Q);
        if (Text is null)
        {
            return Page();
        }

        if (await search.ExactAsync(Text, ct) is { } address)
        {
            return LocalRedirect("~" + address);
        }

        Found = await search.RunAsync(Text, ct);
        return Page();
    }
}

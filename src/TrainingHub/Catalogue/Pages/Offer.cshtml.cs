using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.OutputCaching;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Catalogue.Pages;

/// <summary>The offer of a year on one page, to read, to print and to pass on.</summary>
[OutputCache(PolicyName = PublicPages.Policy)]
internal sealed class OfferModel(TrainingHubDb db, PageCache cache, TimeProvider clock) : PageModel
{
    public required PrintedOffer Offer { get; set; }

    /// <summary>How many of a line's dates are not over: of most interest late in the year.</summary>
    public int Coming(OfferLine line) => line.Dates.Count(date => date.StartsAt > clock.GetUtcNow());

    public async Task<IActionResult> OnGetAsync(string? year, CancellationToken ct)
    {
        var asked = year is null ? (FinancialYear?)null : FinancialYear.Parse(year);
        if ((year is not null && asked is null) || await PrintedOffer.ReadAsync(db, cache, clock, asked, ct) is not { } offer)
        {
            return NotFound();
        }

        Offer = offer;
        return Page();
    }
}

using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TrainingHub.Bookings;
using TrainingHub.People;
using TrainingHub.Platform;

namespace TrainingHub.Desk.Pages.Staff;

/// <summary>What the pages share on which several records become one: what each has, which stays, and what moves to it, before anything is done.</summary>
/// <param name="page">The address of the page.</param>
/// <param name="most">So many are merged at once.</param>
internal abstract class MergePage(string page, int most) : PageModel
{
    public int MostChosen { get; } = most;

    /// <summary>Those that may be one.</summary>
    [BindProperty(SupportsGet = true, Name = "id")]
    public List<Guid> Ids { get; set; } = [];

    /// <summary>The one that stays.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid? Keep { get; set; }

    protected abstract IEnumerable<Guid> Shown { get; }

    public string UrlWith(Guid id) => DeskUrls.Merge(page, Shown.Append(id));

    public string UrlWithout(Guid id) => DeskUrls.Merge(page, Shown.Where(one => one != id));

    public Task OnGetAsync(CancellationToken ct) => ReadAsync(ct);

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (Keep is not { } kept || !Ids.Contains(kept))
        {
            return await RefuseAsync("keep", Words.SelectOne, ct);
        }

        var chosen = Ids.Distinct().Count();
        if (chosen < 2 || chosen > MostChosen)
        {
            return await RefuseAsync("", $"Choose two to {MostChosen} {Words.Several}", ct);
        }

        var result = await MergeAsync(kept, User.Actor(), ct);
        if (WhyNot(result) is { } refusal)
        {
            return await RefuseAsync("", refusal, ct);
        }

        TempData["Success"] = result == MergeResult.Merged ? Words.Done : "They were merged before. Nothing was changed.";
        return Redirect("~" + AddressOf(kept));
    }

    /// <summary>How the page speaks of what it merges.</summary>
    protected sealed record MergeWords(string SelectOne, string Several, string Done);

    protected abstract MergeWords Words { get; }

    protected abstract string AddressOf(Guid kept);

    protected abstract Task<MergeResult> MergeAsync(Guid kept, Actor by, CancellationToken ct);

    /// <summary>Null when they are merged.</summary>
    protected abstract string? WhyNot(MergeResult result);

    /// <summary>Reads what the page shows, and chooses the one that stays when nobody has.</summary>
    protected abstract Task ReadAsync(CancellationToken ct);

    private async Task<PageResult> RefuseAsync(string key, string words, CancellationToken ct)
    {
        ModelState.AddModelError(key, words);
        await ReadAsync(ct);
        return Page();
    }
}

using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace TrainingHub.Platform.Web.Pages.Staff;

/// <summary>
/// Undoes one act, or several that were done together, each in a transaction of its own. Opened for whoever is signed in; an act is found
/// only by those who may do such an act themselves.
/// </summary>
[ForStaff]
internal sealed class UndoModel(UndoOffers offers, UndoAct undo) : PageModel
{
    public IReadOnlyList<UndoOffer> Offers { get; private set; } = [];

    /// <summary>What was not undone, with why; empty before anything was tried.</summary>
    public IReadOnlyList<(UndoOffer Offer, UndoRefused Why)> Refused { get; private set; } = [];

    public int UndoneCount { get; private set; }

    /// <summary>Where the record, or the list of them, is shown.</summary>
    public string Back { get; private set; } = "/staff";

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct) => await ReadAsync(id, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken ct)
    {
        if (!await ReadAsync(id, ct))
        {
            return NotFound();
        }

        var refused = new List<(UndoOffer, UndoRefused)>();
        foreach (var offer in Offers)
        {
            if (await undo.RunAsync(offer.Act.Id, Actor.Of(User), ct) is { } why)
            {
                refused.Add((offer, why));
            }
        }

        (Refused, UndoneCount) = (refused, Offers.Count - refused.Count);
        if (Offers.Count > 1 && refused.Count > 0)
        {
            return Page();
        }

        if (refused.Count == 0)
        {
            TempData["Success"] = Offers.Count == 1 ? $"Undone. {Offers[0].Brings}" : $"{Offers.Count} acts are undone.";
        }
        else
        {
            TempData["Notice"] = refused[0].Item2 is { Why: UndoRefusal.UndoneBefore } before
                ? before.Words
                : $"Nothing was undone. {refused[0].Item2.Words}";
        }

        return LocalRedirect("~" + Back);
    }

    private async Task<bool> ReadAsync(Guid id, CancellationToken ct)
    {
        Offers = await offers.FindAsync(User, id, ct);
        if (Offers.Count == 0 || undo.KindOf(Offers[0].Act) is not { } kind)
        {
            return false;
        }

        Back = Offers.Count > 1 ? kind.List : await undo.HandlerOf(kind).AddressAsync(Offers[0].Act.SubjectId, ct) ?? kind.List;
        return true;
    }
}

using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.People;

namespace TrainingHub.Desk.Pages.Staff;

/// <summary>Several organisations that are one: what each has, which stays, and what moves to it, before anything is done.</summary>
internal sealed class MergeOrganisationsModel(TrainingHubDb db, MergeOrganisations merge) : PageModel
{
    public const int MostChosen = 20;
    private const int MostFound = 20;

    internal sealed record Chosen(
        Guid Id, string Name, bool IsApproved, string? Sector, string? Area, bool HasContact, IReadOnlyList<string> OtherNames, int Bookings, int People, int Invoices, int OwesPence);

    /// <summary>The organisations.</summary>
    [BindProperty(SupportsGet = true, Name = "id")]
    public List<Guid> Ids { get; set; } = [];

    /// <summary>The one that stays.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid? Keep { get; set; }

    /// <summary>Part of the name of another one.</summary>
    [BindProperty(SupportsGet = true), StringLength(Organisation.NameLength)]
    public string? Q { get; set; }

    public IReadOnlyList<Chosen> Rows { get; private set; } = [];
    public IReadOnlyList<SimilarOrganisations.Known> Found { get; private set; } = [];

    public string UrlWith(Guid id) => DeskUrls.Merge(DeskUrls.MergeOrganisations, Rows.Select(row => row.Id).Append(id));

    public string UrlWithout(Guid id) => DeskUrls.Merge(DeskUrls.MergeOrganisations, Rows.Select(row => row.Id).Where(one => one != id));

    public Task OnGetAsync(CancellationToken ct) => ReadAsync(ct);

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (Keep is not { } kept || !Ids.Contains(kept))
        {
            return await RefuseAsync("keep", "Select the organisation that stays", ct);
        }

        if (Ids.Distinct().Count() is < 2 or > MostChosen)
        {
            return await RefuseAsync("", $"Choose two to {MostChosen} organisations", ct);
        }

        return await merge.RunAsync(kept, Ids, User.Actor(), ct) switch
        {
            MergeResult.Merged => Done(kept, "They are one organisation now."),
            MergeResult.MergedBefore => Done(kept, "They were merged before. Nothing was changed."),
            MergeResult.Gone or MergeResult.SameDate or MergeResult.BookedMeanwhile =>
                await RefuseAsync("", "One of them was merged into another organisation meanwhile. Nothing was changed. Look at what is left", ct),
        };
    }

    private RedirectResult Done(Guid kept, string notice)
    {
        TempData["Success"] = notice;
        return Redirect("~" + DeskUrls.Organisation(kept));
    }

    private async Task<PageResult> RefuseAsync(string key, string words, CancellationToken ct)
    {
        ModelState.AddModelError(key, words);
        await ReadAsync(ct);
        return Page();
    }

    private async Task ReadAsync(CancellationToken ct)
    {
        // One that was merged meanwhile stands for the one that it went into.
        var chosen = Ids.Take(MostChosen).ToList();
        var ids = await db.Organisations.Where(one => chosen.Contains(one.Id)).Select(one => one.MergedIntoId ?? one.Id).Distinct().ToListAsync(ct);
        var rows = await (
            from one in db.Organisations.AsNoTracking()
            where ids.Contains(one.Id)
            orderby one.Name, one.Id
            select new
            {
                One = one,
                Sector = db.Sectors.Where(sector => sector.Id == one.SectorId).Select(sector => sector.Name).FirstOrDefault(),
                Area = db.Areas.Where(area => area.Id == one.AreaId).Select(area => area.Name).FirstOrDefault(),
                Bookings = db.Bookings.Count(booking => booking.OrganisationId == one.Id),
                People = db.Places.Where(place => place.PersonId != null && db.Bookings.Any(booking => booking.Id == place.BookingId && booking.OrganisationId == one.Id))
                    .Select(place => place.PersonId).Distinct().Count(),
                Invoices = db.Invoices.Count(invoice => db.Bookings.Any(booking => booking.Id == invoice.BookingId && booking.OrganisationId == one.Id)),
            }).ToListAsync(ct);
        var others = (await db.Organisations.Where(one => one.MergedIntoId != null && ids.Contains(one.MergedIntoId.Value)).Select(one => new { one.MergedIntoId, one.Name }).ToListAsync(ct))
            .ToLookup(one => one.MergedIntoId, one => one.Name);
        var owing = await Owing.ReadAsync(db, db.Organisations.Where(one => ids.Contains(one.Id)).Select(one => one.Id), ct);
        Rows = rows.ConvertAll(row => new Chosen(
            row.One.Id, row.One.Name, row.One.IsApproved, row.Sector, row.Area, row.One is not { ContactName: null, ContactEmail: null, ContactPhone: null },
            [.. others[row.One.Id].Order(StringComparer.OrdinalIgnoreCase)], row.Bookings, row.People, row.Invoices, owing.GetValueOrDefault(row.One.Id)));
        if (Keep is null || !ids.Contains(Keep.Value))
        {
            Keep = Rows.OrderByDescending(row => row.IsApproved).ThenByDescending(row => row.Bookings).Select(row => (Guid?)row.Id).FirstOrDefault();
        }

        if (Q is not null)
        {
            Found = await new OrganisationFilter(Q, null, null, null, OnlyOwing: false, null).Of(db).Where(one => !ids.Contains(one.Id))
                .OrderBy(one => one.Name).ThenBy(one => one.Id).Take(MostFound).Select(one => new SimilarOrganisations.Known(one.Id, one.Name)).ToListAsync(ct);
        }
    }
}

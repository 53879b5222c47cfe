using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Desk.Pages.Staff;

/// <summary>Several organisations that are one: what each has, which stays, and what moves to it, before anything is done.</summary>
[ForStaff(StaffRight.RunBookings)]
internal sealed class MergeOrganisationsModel(TrainingHubDb db, MergeOrganisations merge) : MergePage(DeskUrls.MergeOrganisations, Most)
{
    public const int Most = 20;
    private const int MostFound = 20;

    internal sealed record Chosen(
        Guid Id, string Name, bool IsApproved, string? Sector, string? Area, bool HasContact, bool HasInvoicing, IReadOnlyList<string> OtherNames, int Bookings, int People, int Invoices, int OwesPence);

    /// <summary>Part of the name of another one.</summary>
    [BindProperty(SupportsGet = true), StringLength(Organisation.NameLength)]
    public string? Q { get; set; }

    public IReadOnlyList<Chosen> Rows { get; private set; } = [];
    public IReadOnlyList<SimilarOrganisations.Known> Found { get; private set; } = [];

    protected override IEnumerable<Guid> Shown => Rows.Select(row => row.Id);

    protected override MergeWords Words { get; } = new("Select the organisation that stays", "organisations", "They are one organisation now.");

    protected override string AddressOf(Guid kept) => DeskUrls.Organisation(kept);

    protected override Task<MergeResult> MergeAsync(Guid kept, Actor by, CancellationToken ct) => merge.RunAsync(kept, Ids, by, ct);

    protected override string? WhyNot(MergeResult result) => result switch
    {
        MergeResult.Merged or MergeResult.MergedBefore => null,
        MergeResult.Gone or MergeResult.SameDate or MergeResult.BookedMeanwhile =>
            "One of them was merged into another organisation meanwhile. Nothing was changed. Look at what is left",
    };

    protected override async Task ReadAsync(CancellationToken ct)
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
            row.One is not { InvoiceAddress: null, InvoiceEmail: null, PurchaseOrderNote: null },
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

using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Files;
using TrainingHub.Platform.Web;
using TrainingHub.Reporting;

namespace TrainingHub.Desk;

internal sealed record OrganisationRow(
    Guid Id, string Name, string? Sector, string? Area, bool IsApproved, int Bookings, DateTimeOffset? LastBookedAt);

/// <summary>Which organisations the list shows, and what they owe. Names that were merged into others are found by, and not listed.</summary>
internal sealed record OrganisationFilter(string? Q, Guid? Sector, Guid? Area, string? Show, bool OnlyOwing, string? Sort)
{
    public const string Shown = "shown";
    public const string Typed = "typed";

    public IQueryable<Organisation> Of(TrainingHubDb db)
    {
        var found = db.Organisations.AsNoTracking().Where(one => one.MergedIntoId == null);
        foreach (var word in Words(Q))
        {
            found = found.Where(one => PersonKey.OfColumn(one.Name).Contains(word)
                || db.Organisations.Any(other => other.MergedIntoId == one.Id && PersonKey.OfColumn(other.Name).Contains(word)));
        }

        found = found.Where(one => (Sector == null || one.SectorId == Sector) && (Area == null || one.AreaId == Area));
        found = Show switch
        {
            Shown => found.Where(one => one.IsApproved),
            Typed => found.Where(one => !one.IsApproved),
            _ => found,
        };
        return OnlyOwing ? found.Where(one => Owing.OfBookings(db).Where(owes => owes.Pence > 0).Any(owes => owes.OrganisationId == one.Id)) : found;
    }

    public IQueryable<OrganisationRow> Rows(TrainingHubDb db)
    {
        var rows =
            from one in Of(db)
            select new
            {
                One = one,
                Sector = db.Sectors.Where(sector => sector.Id == one.SectorId).Select(sector => sector.Name).FirstOrDefault(),
                Area = db.Areas.Where(area => area.Id == one.AreaId).Select(area => area.Name).FirstOrDefault(),
                Bookings = db.Bookings.Count(booking => booking.OrganisationId == one.Id),
                Last = db.Bookings.Where(booking => booking.OrganisationId == one.Id).Max(booking => (DateTimeOffset?)booking.CreatedAt),
            };
        var ordered = Sort switch
        {
            "-name" => rows.OrderByDescending(row => row.One.Name),
            "bookings" => rows.OrderBy(row => row.Bookings).ThenBy(row => row.One.Name),
            "-bookings" => rows.OrderByDescending(row => row.Bookings).ThenBy(row => row.One.Name),
            "last" => rows.OrderBy(row => row.Last).ThenBy(row => row.One.Name),
            "-last" => rows.OrderByDescending(row => row.Last != null).ThenByDescending(row => row.Last).ThenBy(row => row.One.Name),
            _ => rows.OrderBy(row => row.One.Name),
        };
        return ordered.ThenBy(row => row.One.Id)
            .Select(row => new OrganisationRow(row.One.Id, row.One.Name, row.Sector, row.Area, row.One.IsApproved, row.Bookings, row.Last));
    }

    public async Task<TextTable> TableAsync(TrainingHubDb db, CancellationToken ct)
    {
        var rows = await Rows(db).Take(ListFile.MostRows).ToListAsync(ct);
        var owing = await Owing.ReadAsync(db, Of(db).Select(one => one.Id), ct);
        return new(
            ["organisation", "sector", "area", "shown_to_bookers", "bookings", "last_booked", "owes"],
            [.. rows.Select(row => new[]
            {
                row.Name, row.Sector ?? "", row.Area ?? "", row.IsApproved ? "yes" : "no", ReportNumbers.Number(row.Bookings),
                row.LastBookedAt is { } last ? London.DateOf(last).ToString("O", CultureInfo.InvariantCulture) : "", new Money(owing.GetValueOrDefault(row.Id)).Amount,
            })]);
    }

    /// <summary>Each word of what was typed, folded as <see cref="PersonKey.NameOf"/> folds: accents, order and spaces do not matter.</summary>
    public static IEnumerable<string> Words(string? typed) =>
        (typed ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(PersonKey.NameOf).Where(word => word.Length > 0).Distinct().Take(6);
}

/// <summary>What is charged and not paid, as it is recorded here, a booking at a time: one that is paid too much pays for no other.</summary>
internal sealed class Owing
{
    public required Guid OrganisationId { get; init; }
    public required Guid BookingId { get; init; }
    public required int Pence { get; init; }

    public static IQueryable<Owing> OfBookings(TrainingHubDb db) =>
        from booking in db.Bookings
        where booking.OrganisationId != null
        join money in db.PlaceMoney on booking.Id equals money.BookingId
        group money by new { booking.OrganisationId, booking.Id } into one
        select new Owing
        {
            OrganisationId = one.Key.OrganisationId!.Value,
            BookingId = one.Key.Id,
            Pence = one.Sum(money => money.ChargedPence - money.PaidPence + money.RefundedPence + money.DisputedPence),
        };

    public static async Task<IReadOnlyDictionary<Guid, int>> ReadAsync(TrainingHubDb db, IQueryable<Guid> organisations, CancellationToken ct) =>
        (await OfBookings(db).Where(one => one.Pence > 0 && organisations.Contains(one.OrganisationId)).ToListAsync(ct))
            .GroupBy(one => one.OrganisationId).ToDictionary(group => group.Key, group => group.Sum(one => one.Pence));
}

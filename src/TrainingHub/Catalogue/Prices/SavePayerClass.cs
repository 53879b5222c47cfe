using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;

namespace TrainingHub.Catalogue;

/// <summary>
/// Adds a class of payers, or changes who belongs to it. A new one pays what everybody pays until fees are added that say otherwise. Booked
/// places keep their price; whoever is on the way to a booking is shown the new price before it counts.
/// </summary>
internal sealed class SavePayerClass(TrainingHubDb db, TimeProvider clock)
{
    public async Task<EditOutcome> AddAsync(Guid id, PayerClassFacts facts, Actor by, CancellationToken ct)
    {
        var payer = new PayerClass
        {
            Id = id,
            Name = facts.Name,
            Words = facts.Words,
            SortOrder = facts.SortOrder!.Value,
            SectorIds = [.. facts.SectorIds],
            AreaIds = [.. facts.AreaIds],
        };
        return await Edit.AddAsync(db, payer, by, facts.ChangesFrom(new PayerClassFacts(), await NamesAsync(ct)), clock.GetUtcNow(), ct);
    }

    /// <param name="id">The class; everybody's is not changed.</param>
    /// <param name="version">As it was opened.</param>
    /// <param name="facts">All of them, changed or not.</param>
    /// <param name="by">Who acts.</param>
    /// <param name="ct">To stop.</param>
    public async Task<EditOutcome> ChangeAsync(Guid id, int version, PayerClassFacts facts, Actor by, CancellationToken ct)
    {
        if (await db.PayerClasses.SingleOrDefaultAsync(one => one.Id == id && one.SortOrder != PayerClass.Everybody, ct) is not { } payer)
        {
            return EditOutcome.Unknown;
        }

        var changes = facts.ChangesFrom(PayerClassFacts.Of(payer), await NamesAsync(ct));
        if (changes.Count == 0)
        {
            return EditOutcome.Saved;
        }

        db.Entry(payer).CurrentValues.SetValues(new
        {
            facts.Name,
            facts.Words,
            SortOrder = facts.SortOrder!.Value,
            SectorIds = facts.SectorIds.ToArray(),
            AreaIds = facts.AreaIds.ToArray(),
        });
        return await Edit.ChangeAsync(db, payer, version, by, "Changed", changes, clock.GetUtcNow(), ct);
    }

    private async Task<Dictionary<Guid, string>> NamesAsync(CancellationToken ct) => await db.Sectors.Select(sector => new { sector.Id, sector.Name })
        .Concat(db.Areas.Select(area => new { area.Id, Name = area.LongName })).ToDictionaryAsync(one => one.Id, one => one.Name, ct);
}

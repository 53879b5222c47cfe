using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;

namespace TrainingHub.Catalogue;

/// <summary>Adds a school holiday, or changes what is said of one. Dates stay where they are: it is looked at when dates are planned.</summary>
internal sealed class SaveSchoolHoliday(TrainingHubDb db, TimeProvider clock)
{
    public async Task<EditOutcome> AddAsync(Guid id, SchoolHolidayFacts facts, Actor by, CancellationToken ct)
    {
        var holiday = new SchoolHoliday { Id = id, Name = facts.Name, FromOn = facts.FromOn!.Value, UntilOn = facts.UntilOn!.Value, AreaId = facts.AreaId };
        return await Edit.AddAsync(db, holiday, by, facts.ChangesFrom(new SchoolHolidayFacts(), await AreasAsync(ct)), clock.GetUtcNow(), ct);
    }

    /// <param name="id">The holiday.</param>
    /// <param name="version">As it was opened.</param>
    /// <param name="facts">All of them, changed or not.</param>
    /// <param name="by">Who acts.</param>
    /// <param name="ct">To stop.</param>
    public async Task<EditOutcome> ChangeAsync(Guid id, int version, SchoolHolidayFacts facts, Actor by, CancellationToken ct)
    {
        if (await db.SchoolHolidays.SingleOrDefaultAsync(holiday => holiday.Id == id, ct) is not { } holiday)
        {
            return EditOutcome.Unknown;
        }

        var changes = facts.ChangesFrom(SchoolHolidayFacts.Of(holiday), await AreasAsync(ct));
        if (changes.Count == 0)
        {
            return EditOutcome.Saved;
        }

        db.Entry(holiday).CurrentValues.SetValues(new { facts.Name, FromOn = facts.FromOn!.Value, UntilOn = facts.UntilOn!.Value, facts.AreaId });
        return await Edit.ChangeAsync(db, holiday, version, by, "Changed", changes, clock.GetUtcNow(), ct);
    }

    private Task<Dictionary<Guid, string>> AreasAsync(CancellationToken ct) => db.Areas.ToDictionaryAsync(area => area.Id, area => area.LongName, ct);
}

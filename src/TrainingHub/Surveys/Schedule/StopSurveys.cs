using Microsoft.EntityFrameworkCore;

namespace TrainingHub.Surveys;

/// <summary>
/// Stops survey emails for one person or for everybody known at that person's address, or lets them come again to the one person.
/// Nothing else stops: emails about bookings still go out. Rows that are due are looked at when they would be sent. Doing it twice
/// changes nothing.
/// </summary>
internal sealed class StopSurveys(TrainingHubDb db, TimeProvider clock)
{
    /// <returns>False when there is no such person any more.</returns>
    public async Task<bool> RunAsync(Guid personId, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var stopped = await db.People
            .Where(person => person.Id == personId)
            .ExecuteUpdateAsync(set => set.SetProperty(person => person.SurveysStoppedAt, person => person.SurveysStoppedAt ?? now), ct);
        return stopped == 1;
    }

    /// <summary>Who comes to the address later is asked again.</summary>
    public async Task<bool> StopAddressAsync(Guid personId, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var stopped = await db.People
            .Where(person => db.People.Any(one => one.Id == personId && one.EmailKey == person.EmailKey))
            .ExecuteUpdateAsync(set => set.SetProperty(person => person.SurveysStoppedAt, person => person.SurveysStoppedAt ?? now), ct);
        return stopped > 0;
    }

    public async Task<bool> UndoAsync(Guid personId, CancellationToken ct)
    {
        var resumed = await db.People
            .Where(person => person.Id == personId)
            .ExecuteUpdateAsync(set => set.SetProperty(person => person.SurveysStoppedAt, (DateTimeOffset?)null), ct);
        return resumed == 1;
    }
}

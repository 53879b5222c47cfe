using Microsoft.EntityFrameworkCore;

namespace TrainingHub.Attendance;

/// <summary>
/// Stops reminders to renew for one person, or lets them come again. Nothing else stops: certificates and emails about bookings still
/// come. Doing it twice changes nothing.
/// </summary>
internal sealed class StopRenewals(TrainingHubDb db, TimeProvider clock)
{
    public const string LinkPurpose = "stop-renewals";

    /// <returns>False when there is no such person any more.</returns>
    public async Task<bool> RunAsync(Guid personId, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return await db.People.Where(person => person.Id == personId)
            .ExecuteUpdateAsync(set => set.SetProperty(person => person.RenewalsStoppedAt, person => person.RenewalsStoppedAt ?? now), ct) == 1;
    }

    public async Task<bool> UndoAsync(Guid personId, CancellationToken ct) =>
        await db.People.Where(person => person.Id == personId)
            .ExecuteUpdateAsync(set => set.SetProperty(person => person.RenewalsStoppedAt, (DateTimeOffset?)null), ct) == 1;
}

using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;

namespace TrainingHub.Learning;

/// <summary>Keeps what somebody saw at a date that has begun, or corrects it. A date that has not, or that was cancelled, is refused as unknown.</summary>
internal sealed class SaveObservation(TrainingHubDb db, TimeProvider clock)
{
    /// <param name="id">The form's own: sent twice, it is added once.</param>
    /// <param name="run">The date.</param>
    /// <param name="facts">The form.</param>
    /// <param name="by">Who saw it.</param>
    /// <param name="ct">To stop.</param>
    public async Task<EditOutcome> AddAsync(Guid id, Guid run, ObservationFacts facts, Actor by, CancellationToken ct)
    {
        if (await db.CourseObservations.AnyAsync(one => one.Id == id, ct))
        {
            return EditOutcome.Saved;
        }

        var now = clock.GetUtcNow();
        if (!await CourseObservation.Observable(db, now).AnyAsync(one => one.Id == run, ct))
        {
            return EditOutcome.Unknown;
        }

        var observation = new CourseObservation
        {
            Id = id,
            RunId = run,
            ObservedById = by.Id == Guid.Empty ? null : by.Id,
            UpToDate = facts.UpToDate!.Value,
            Delivery = facts.Delivery!.Value,
            Discussion = facts.Discussion!.Value,
            HardSubjects = facts.HardSubjects!.Value,
            Setting = facts.Setting!.Value,
            WentWell = facts.WentWell,
            ToChange = facts.ToChange,
            Agreed = facts.Agreed,
            FollowUpOn = facts.FollowUpOn,
            Outcome = facts.Outcome,
        };
        return await Edit.AddAsync(db, observation, by, facts.ChangesFrom(new ObservationFacts()), now, ct);
    }

    /// <param name="id">The observation.</param>
    /// <param name="version">As it was opened.</param>
    /// <param name="facts">All of them, changed or not.</param>
    /// <param name="by">Who acts.</param>
    /// <param name="ct">To stop.</param>
    public async Task<EditOutcome> ChangeAsync(Guid id, int version, ObservationFacts facts, Actor by, CancellationToken ct)
    {
        if (await db.CourseObservations.SingleOrDefaultAsync(one => one.Id == id, ct) is not { } observation)
        {
            return EditOutcome.Unknown;
        }

        var changes = facts.ChangesFrom(ObservationFacts.Of(observation));
        if (changes.Count == 0)
        {
            return EditOutcome.Saved;
        }

        db.Entry(observation).CurrentValues.SetValues(new
        {
            UpToDate = facts.UpToDate!.Value,
            Delivery = facts.Delivery!.Value,
            Discussion = facts.Discussion!.Value,
            HardSubjects = facts.HardSubjects!.Value,
            Setting = facts.Setting!.Value,
            facts.WentWell,
            facts.ToChange,
            facts.Agreed,
            facts.FollowUpOn,
            facts.Outcome,
        });
        return await Edit.ChangeAsync(db, observation, version, by, "Changed", changes, clock.GetUtcNow(), ct);
    }
}

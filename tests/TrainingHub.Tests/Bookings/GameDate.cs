using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Catalogue;
using TrainingHub.Platform;

namespace TrainingHub.Tests.Bookings;

/// <summary>What staff do to the date itself, by the command of their form.</summary>
internal sealed class GameDate(GameWorld world, WaitingModel model, Guid run, CancellationToken ct)
{
    public Task<(bool Said, bool Meant)> RaiseAsync() => ChangeAsync(model.Capacity + 1, model.Held, isNewDay: false);

    public Task<(bool Said, bool Meant)> CutAsync() => model.Capacity == 1
        ? Task.FromResult((true, true))
        : ChangeAsync(model.Capacity - 1, model.Held, isNewDay: false);

    /// <summary>Until another day than before, when that has come.</summary>
    public Task<(bool Said, bool Meant)> HoldAsync(int places) => ChangeAsync(model.Capacity, places, isNewDay: places > 0 && (model.Held == 0 || model.IsHeldOver));

    public async Task<(bool Said, bool Meant)> HeldDayComesAsync()
    {
        model.IsHeldOver = model.Held > 0;
        await world.Bookings.ExecuteAsync("update course_runs set held_back_until = $2 where id = $1 and held_back > 0 and held_back_until > $2", run, world.App.Clock.Now);
        return (true, true);
    }

    private async Task<(bool Said, bool Meant)> ChangeAsync(int capacity, int held, bool isNewDay)
    {
        var known = RunFacts.Of(await world.App.WithAsync((TrainingHubDb db) => db.CourseRuns.AsNoTracking().SingleAsync(one => one.Id == run, ct)));
        var until = isNewDay || known.Limits.HeldBack is not { } before ? London.DateOf(world.App.Clock.Now).AddDays(10) : before.UntilOn;
        var heldBack = held == 0 ? null : new HeldBack(held, world.Sector, until);
        var facts = known with { Capacity = capacity, Limits = known.Limits with { HeldBack = heldBack } };
        var outcome = await world.App.WithAsync((ChangeDate change) => change.RunAsync(run, known.Mark(), facts, reason: null, WaitingWorld.Staff, ct));
        return (outcome.Result == ChangeDateResult.Changed, model.Change(capacity, held, isNewDay));
    }
}

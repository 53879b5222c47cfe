using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;

namespace TrainingHub.Learning;

/// <summary>
/// Moves an action on: a later date with a reason, done, closed with what was seen of it, open again. An act that does not fit how the
/// action stands is refused as one on an earlier version, which it then is.
/// </summary>
internal sealed class ActOnAction(TrainingHubDb db, TimeProvider clock)
{
    public Task<EditOutcome> ReviseAsync(Guid id, int version, DateOnly on, string because, Actor by, CancellationToken ct) => ActAsync(
        id, version, by, "Given another date",
        action => action.State != ActionState.Open ? null : Changed([new("Due", LearningWords.Day(action.Due), LearningWords.Day(on)), new("Why", null, because)], () => action.Revise(on, because)),
        ct);

    public Task<EditOutcome> FinishAsync(Guid id, int version, DateOnly on, Actor by, CancellationToken ct) => ActAsync(
        id, version, by, "Done",
        action => action.State != ActionState.Open ? null : Changed([new("Done on", null, LearningWords.Day(on))], () => action.Finish(on)),
        ct);

    public Task<EditOutcome> CloseAsync(Guid id, int version, string impact, Actor by, CancellationToken ct) => ActAsync(
        id, version, by, "Closed",
        action => action.State != ActionState.Done ? null : Changed([new("Impact seen", null, impact)], () => action.Close(impact)),
        ct);

    public Task<EditOutcome> ReopenAsync(Guid id, int version, string because, Actor by, CancellationToken ct) => ActAsync(
        id, version, by, "Opened again",
        action => action.State == ActionState.Open ? null : Changed(
            [new("Done on", LearningWords.Day(action.DoneOn), null), new("Impact seen", action.Impact, null), new("Why", null, because)], action.Reopen),
        ct);

    // What changed is read before the act.
    private static IReadOnlyList<HistoryChange> Changed(IReadOnlyList<HistoryChange> changes, Action act)
    {
        act();
        return HistoryChange.Of(changes);
    }

    private async Task<EditOutcome> ActAsync(Guid id, int version, Actor by, string words, Func<LearningAction, IReadOnlyList<HistoryChange>?> act, CancellationToken ct)
    {
        if (await db.LearningActions.SingleOrDefaultAsync(one => one.Id == id, ct) is not { } action)
        {
            return EditOutcome.Unknown;
        }

        return act(action) is { } changes ? await Edit.ChangeAsync(db, action, version, by, words, changes, clock.GetUtcNow(), ct) : EditOutcome.ChangedSince;
    }
}

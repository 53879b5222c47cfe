using TrainingHub.Bookings;

namespace TrainingHub.Tests.Bookings;

/// <summary>What happens on the waiting list. Nothing where nobody waits.</summary>
internal sealed class GameList(GameWorld world, WaitingModel model, Guid run, CancellationToken ct)
{
    public async Task<(bool Said, bool Meant)> JoinAsync(int places)
    {
        var email = $"{Guid.CreateVersion7():N}@wait.example";
        var result = await world.App.WithAsync<JoinWaitingList, JoinResult>(join => join.RunAsync(run, "Wanda Waits", email, places, ct));
        var meant = model.Join(places);
        if (result == JoinResult.Waiting && meant)
        {
            model.Entries[^1].Id = await world.Free.IdAsync("select id from waiting_list_entries where run_id = $1 and email = $2", run, email);
        }

        return (result == JoinResult.Waiting, meant);
    }

    public async Task<(bool Said, bool Meant)> OfferDueAsync()
    {
        model.OfferDue();
        await world.App.WithAsync<OfferPlaces, int>(offer => offer.RunAsync(run, ct));
        return (true, true);
    }

    public Task<(bool Said, bool Meant)> DeclineAsync(int which) => WithAsync(which, async entry =>
    {
        model.End(entry);
        return (await world.App.WithAsync<LeaveWaitingList, bool>(leave => leave.RunAsync(entry.Id, ct)), true);
    });

    public Task<(bool Said, bool Meant)> OfferEndsAsync(int which) => WithAsync(which, async entry =>
    {
        entry.IsOver |= entry.State == WaitingState.Offered;
        await world.Bookings.ExecuteAsync("update waiting_list_entries set offered_until = $2 where id = $1 and state = 'Offered'", entry.Id, world.App.Clock.Now);
        return (true, true);
    });

    public Task<(bool Said, bool Meant)> WantFewerAsync(int which, int fewerBy) => WithAsync(which, async entry =>
    {
        var fewer = Math.Max(1, entry.Places - fewerBy);
        return (await world.App.WithAsync<LeaveWaitingList, bool>(leave => leave.WantFewerAsync(entry.Id, fewer, ct)), model.WantFewer(entry, fewer));
    });

    public Task<(bool Said, bool Meant)> SetAsideAsync(int which) => KeepAsync(
        which, (keep, id) => keep.SetAsideAsync(id, "Why.", WaitingWorld.Staff, ct), entry => model.Change(entry, WaitingState.Waiting, WaitingState.SetAside));

    public Task<(bool Said, bool Meant)> PutBackAsync(int which) => KeepAsync(
        which, (keep, id) => keep.PutBackAsync(id, "Why.", WaitingWorld.Staff, ct), entry => model.Change(entry, WaitingState.SetAside, WaitingState.Waiting));

    public Task<(bool Said, bool Meant)> PreferAsync(int which) => WithAsync(which, async entry =>
    {
        var result = await world.App.WithAsync<KeepWaitingOrder, KeepWaitingOrderResult>(
            keep => keep.PreferAsync(entry.Id, !entry.IsFirst, "Why.", WaitingWorld.Staff, ct));
        model.Prefer(entry);
        return (result == KeepWaitingOrderResult.Done, true);
    });

    public Task<(bool Said, bool Meant)> OfferByHandAsync(int which) => KeepAsync(
        which, (keep, id) => keep.OfferAsync(id, "Why.", WaitingWorld.Staff, ct), model.OfferByHand);

    private Task<(bool Said, bool Meant)> KeepAsync(
        int which, Func<KeepWaitingOrder, Guid, Task<KeepWaitingOrderResult>> act, Func<ModelEntry, bool> meant) => WithAsync(which, async entry =>
        (await world.App.WithAsync<KeepWaitingOrder, KeepWaitingOrderResult>(keep => act(keep, entry.Id)) == KeepWaitingOrderResult.Done, meant(entry)));

    private async Task<(bool Said, bool Meant)> WithAsync(int which, Func<ModelEntry, Task<(bool Said, bool Meant)>> act)
    {
        var waiting = model.Entries.Where(entry => entry.Waits).ToList();
        return waiting.Count == 0 ? (true, true) : await act(waiting[which % waiting.Count]);
    }
}

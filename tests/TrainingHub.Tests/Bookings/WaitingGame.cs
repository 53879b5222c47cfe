using TrainingHub.Bookings;
using TrainingHub.Platform;

namespace TrainingHub.Tests.Bookings;

/// <summary>
/// Plays steps on a date of the real program and on the model at once, and compares after each: what was answered, the date's counters,
/// its rows, and the state of everybody who waits. A difference is an overselling, an overtaking or a lost place.
/// </summary>
internal sealed class WaitingGame(TestApp app, BookingWorld world, CancellationToken ct, BookPlace? book = null)
{
    private const int Roomy = 200;
    private readonly List<Guid> bookings = [];
    private readonly List<Guid> entries = [];
    private WaitingModel model = new(0);
    private Guid run;
    private Guid other;

    public async Task PlayAsync(int capacity, IReadOnlyList<WaitingStep> steps)
    {
        (run, other) = (await world.RunAsync(capacity, TimeSpan.FromDays(60)), await world.RunAsync(Roomy, TimeSpan.FromDays(61)));
        model = new(capacity);
        foreach (var step in steps)
        {
            var (said, meant) = await TakeAsync(step);
            if (said != meant)
            {
                throw new InvalidOperationException($"{step}: the program says {said}, the model {meant}.");
            }

            await CompareAsync(step);
        }
    }

    private Task<(bool Said, bool Meant)> TakeAsync(WaitingStep step) => step.Kind switch
    {
        WaitingStepKind.Book or WaitingStepKind.Add => BookAsync(step.Places, PaymentMethod.Invoice),
        WaitingStepKind.HoldByCard => BookAsync(step.Places, PaymentMethod.Card),
        WaitingStepKind.Cancel => CancelAsync(step.Which, isLapse: false),
        WaitingStepKind.Lapse => CancelAsync(step.Which, isLapse: true),
        WaitingStepKind.Swap => SwapAsync(step.Which),
        WaitingStepKind.MoveAway => MoveAwayAsync(step.Which),
        WaitingStepKind.MoveHere => MoveHereAsync(),
        WaitingStepKind.Join => JoinAsync(step.Places),
        WaitingStepKind.OfferDue => OfferDueAsync(),
        WaitingStepKind.Accept => AcceptAsync(step.Which),
        WaitingStepKind.Decline => WithAsync(step.Which, async (id, entry) =>
        {
            model.End(entry);
            return (await app.WithAsync<LeaveWaitingList, bool>(leave => leave.RunAsync(id, ct)), true);
        }),
        WaitingStepKind.OfferEnds => WithAsync(step.Which, async (id, entry) =>
        {
            entry.IsOver |= entry.State == WaitingState.Offered;
            await world.ExecuteAsync("update waiting_list_entries set offered_until = $2 where id = $1 and state = 'Offered'", id, app.Clock.Now);
            return (true, true);
        }),
        WaitingStepKind.WantFewer => WithAsync(step.Which, async (id, entry) =>
        {
            var fewer = Math.Max(1, entry.Places - step.Places);
            return (await app.WithAsync<LeaveWaitingList, bool>(leave => leave.WantFewerAsync(id, fewer, ct)), model.WantFewer(entry, fewer));
        }),
        WaitingStepKind.SetAside => KeepAsync(step.Which, (keep, id) => keep.SetAsideAsync(id, "Why.", WaitingWorld.Staff, ct),
            entry => model.Change(entry, WaitingState.Waiting, WaitingState.SetAside)),
        WaitingStepKind.PutBack => KeepAsync(step.Which, (keep, id) => keep.PutBackAsync(id, "Why.", WaitingWorld.Staff, ct),
            entry => model.Change(entry, WaitingState.SetAside, WaitingState.Waiting)),
        WaitingStepKind.Prefer => WithAsync(step.Which, async (id, entry) =>
        {
            var result = await app.WithAsync<KeepWaitingOrder, KeepWaitingOrderResult>(keep => keep.PreferAsync(id, !entry.IsFirst, "Why.", WaitingWorld.Staff, ct));
            model.Prefer(entry);
            return (result == KeepWaitingOrderResult.Done, true);
        }),
        WaitingStepKind.RaiseCapacity => RaiseAsync(),
    };

    private async Task<(bool Said, bool Meant)> BookAsync(int places, PaymentMethod method)
    {
        var request = world.Request(run, People(places)) with { Method = method };
        var outcome = await world.BookPlace.RunAsync(method == PaymentMethod.Card ? request with { InvoiceEmail = null } : request, ct);
        return Booked(outcome, model.Book(places));
    }

    private (bool Said, bool Meant) Booked(BookPlaceOutcome outcome, bool meant)
    {
        if (outcome is { Result: BookPlaceResult.Booked, Booking: { } booked })
        {
            bookings.Add(booked.Id);
        }

        return (outcome.Result == BookPlaceResult.Booked, meant);
    }

    // A hold that lapses; what is confirmed is cancelled, which comes to the same here.
    private async Task<(bool Said, bool Meant)> CancelAsync(int which, bool isLapse)
    {
        if (bookings.Count == 0)
        {
            return (true, true);
        }

        var index = which % bookings.Count;
        if (!isLapse || !await app.WithAsync<ReleaseHold, bool>(release => release.RunAsync(bookings[index], app.Clock.Now, ct)))
        {
            await world.ExecuteAsync("update bookings set state = 'Confirmed', held_until = null where id = $1 and state = 'Held'", bookings[index]);
            await app.WithAsync<CancelBooking>(cancel => cancel.RunAsync(bookings[index], ct));
        }

        Gone(index, model.Bookings[index]);
        return (true, true);
    }

    private void Gone(int index, int places)
    {
        model.Bookings[index] -= places;
        if (model.Bookings[index] == 0)
        {
            model.Bookings.RemoveAt(index);
            bookings.RemoveAt(index);
        }
    }

    private async Task<(bool Said, bool Meant)> SwapAsync(int which)
    {
        if (bookings.Count > 0)
        {
            var booking = bookings[which % bookings.Count];
            var place = await PlaceAsync(booking, run);
            await app.WithAsync<SwapDelegate>(swap => swap.RunAsync(booking, place, new($"New {place:N}", $"{Guid.CreateVersion7():N}@swap.example", null), ct));
        }

        return (true, true);
    }

    // Another of its places may be on the other date by now.
    private async Task<Guid> PlaceAsync(Guid booking, Guid on) =>
        Guid.Parse(await world.TextAsync("select id::text from live_places where booking_id = $1 and run_id = $2 order by id limit 1", booking, on));

    private async Task<(bool Said, bool Meant)> MoveAwayAsync(int which)
    {
        if (bookings.Count == 0)
        {
            return (true, true);
        }

        var index = which % bookings.Count;
        var move = new PlaceMove(bookings[index], await PlaceAsync(bookings[index], run), other, null, null);
        if (await app.WithAsync<MovePlace, MovePlaceResult>(one => one.RunAsync(move, WaitingWorld.Staff, ct)) == MovePlaceResult.Moved)
        {
            Gone(index, places: 1);
        }

        return (true, true);
    }

    private async Task<(bool Said, bool Meant)> MoveHereAsync()
    {
        var elsewhere = await world.BookAsync(other, People(1));
        var move = new PlaceMove(elsewhere.Id, await PlaceAsync(elsewhere.Id, other), run, null, null);
        var result = await app.WithAsync<MovePlace, MovePlaceResult>(one => one.RunAsync(move, WaitingWorld.Staff, ct));
        if (result == MovePlaceResult.Moved)
        {
            bookings.Add(elsewhere.Id);
        }

        return (result == MovePlaceResult.Moved, model.Book(1));
    }

    private async Task<(bool Said, bool Meant)> JoinAsync(int places)
    {
        // Nobody joins at the very same instant, in which order would be a draw.
        app.Clock.Advance(TimeSpan.FromMilliseconds(2));
        var email = $"{Guid.CreateVersion7():N}@wait.example";
        var result = await app.WithAsync<JoinWaitingList, JoinResult>(join => join.RunAsync(run, "Wanda Waits", email, places, ct));
        if (result == JoinResult.Waiting)
        {
            entries.Add(Guid.Parse(await world.TextAsync("select id::text from waiting_list_entries where run_id = $1 and email = $2", run, email)));
        }

        return (result == JoinResult.Waiting, model.Join(places));
    }

    private async Task<(bool Said, bool Meant)> OfferDueAsync()
    {
        model.OfferDue();
        await app.WithAsync<OfferPlaces, int>(offer => offer.RunAsync(run, ct));
        return (true, true);
    }

    private async Task<(bool Said, bool Meant)> AcceptAsync(int which)
    {
        if (model.Entries.Count == 0)
        {
            return (true, true);
        }

        // Also of who has no offer, or had one.
        var entry = model.Entries[which % model.Entries.Count];
        var request = world.Request(run, People(entry.Places));
        // What who books would be told is left does not matter to whether the program lets them.
        var outcome = await (book ?? world.BookPlace).RunAsync(
            request with { Dates = [request.Dates[0] with { Offer = new(entries[entry.Number], entry.Places, app.Clock.Now.AddDays(1)) }] }, ct);
        return Booked(outcome, model.Accept(entry));
    }

    private async Task<(bool Said, bool Meant)> KeepAsync(
        int which, Func<KeepWaitingOrder, Guid, Task<KeepWaitingOrderResult>> act, Func<ModelEntry, bool> meant) => await WithAsync(which, async (id, entry) =>
        (await app.WithAsync<KeepWaitingOrder, KeepWaitingOrderResult>(keep => act(keep, id)) == KeepWaitingOrderResult.Done, meant(entry)));

    /// <summary>With one of those who wait; nothing happens when nobody does.</summary>
    private async Task<(bool Said, bool Meant)> WithAsync(int which, Func<Guid, ModelEntry, Task<(bool Said, bool Meant)>> act)
    {
        var waiting = model.Entries.Where(entry => entry.Waits).ToList();
        if (waiting.Count == 0)
        {
            return (true, true);
        }

        var entry = waiting[which % waiting.Count];
        return await act(entries[entry.Number], entry);
    }

    private async Task<(bool Said, bool Meant)> RaiseAsync()
    {
        model.RaiseCapacity();
        await world.ExecuteAsync("update course_runs set capacity = capacity + 1 where id = $1", run);
        return (true, true);
    }

    private static string[] People(int count) => [.. Enumerable.Range(0, count).Select(_ => $"{Guid.CreateVersion7():N}@game.example")];

    private async Task CompareAsync(WaitingStep step)
    {
        var found = await world.TextAsync(
            """
            select concat_ws(' ', places_taken, places_offered, places_waited_for,
                (select count(*) from live_places where run_id = run.id),
                (select string_agg(state, ',' order by created_at, id) from waiting_list_entries where run_id = run.id))
            from course_runs run
            where id = $1
            """,
            run);
        var meant = string.Join(' ', new object?[]
        {
            model.Taken, model.Offered, model.WaitedFor, model.Taken, model.Entries.Count == 0 ? null : string.Join(',', model.Entries.Select(entry => entry.State)),
        }.Where(part => part is not null));
        if (found != meant || model.Taken + model.Offered > model.Capacity)
        {
            throw new InvalidOperationException($"After {step} of {model.Capacity} places: the program has {found}, the model {meant}.");
        }
    }
}

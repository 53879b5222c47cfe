using Microsoft.Extensions.DependencyInjection;
using TrainingHub.Bookings;
using TrainingHub.FreePlaces;
using TrainingHub.Platform;

namespace TrainingHub.Tests.Bookings;

/// <summary>What happens to bookings and their places. Nothing where there is none that it could happen to.</summary>
internal sealed class GamePlaces(GameWorld world, WaitingModel model, Guid run, Guid other, CancellationToken ct)
{
    private static readonly (bool, bool) Nothing = (true, true);
    private readonly List<(ModelBooking Booking, Guid Act)> cancelled = [];

    private TestApp App => world.App;

    public async Task<(bool Said, bool Meant)> BookAsync(ModelBooking booking, PaymentMethod method)
    {
        booking.IsByCard = method == PaymentMethod.Card;
        var request = Request(booking) with { Method = method };
        return Booked(await world.Book.RunAsync(booking.IsByCard ? request with { InvoiceEmail = null } : request, ct), booking, model.Book(booking));
    }

    public Task<(bool Said, bool Meant)> AddAsync(int which, int places) => OfBookingsAsync(model.Bookings, which, async order =>
    {
        var added = new ModelBooking(places);
        return Booked(await world.Book.RunAsync(Request(added) with { AddedToId = order.Id }, ct), added, model.Book(added));
    });

    public async Task<(bool Said, bool Meant)> StaffBookAsync(int places, bool isBefore)
    {
        var booking = new ModelBooking(places);
        var request = Request(booking);
        request = request with
        {
            Dates = [request.Dates[0] with { MostPlaces = isBefore ? model.Taken + places : null }],
            Staff = new(App.Clock.Now, OverBecause: isBefore ? "Why." : null),
        };
        var outcome = await App.WithAsync((BookForSomebody book) => book.RunAsync(request, world.Free.Staff, ct));
        return Booked(outcome, booking, model.StaffBook(booking, isBefore));
    }

    public async Task<(bool Said, bool Meant)> ApplyAsync(int places)
    {
        var booking = new ModelBooking(places);
        var request = Request(booking) with
        {
            OrganisationName = $"Group {Guid.CreateVersion7():N}",
            Method = PaymentMethod.FreePlace,
            FreePlace = new(FreePlaceApplicant.UnregisteredCharity, null, "A toddler group"),
            InvoiceEmail = null,
        };
        var answer = Booked(await world.Book.RunAsync(request, ct), booking, model.Book(booking));
        booking.Application = answer is (true, true) ? await world.Free.IdAsync("select free_place_application_id from bookings where id = $1", booking.Id) : null;
        return answer;
    }

    public Task<(bool Said, bool Meant)> ApproveAsync(int which) => OfBookingsAsync(model.Bookings.Where(one => one.Application is not null), which, async booking =>
    {
        var application = booking.Application.GetValueOrDefault();
        if (await world.Free.ApproveAsync(application) != DecideResult.Decided)
        {
            return (false, true);
        }

        WaitingModel.Approve(booking, await world.Free.AwardOfAsync(application));
        return Nothing;
    });

    /// <summary>The places stay held for some days, so that they can be paid for.</summary>
    public Task<(bool Said, bool Meant)> DeclineAsync(int which) => OfBookingsAsync(model.Bookings.Where(one => one.Application is not null), which, async booking =>
    {
        var result = await world.Free.DeclineAsync(booking.Application.GetValueOrDefault());
        booking.Application = null;
        return (result == DecideResult.Decided, true);
    });

    public Task<(bool Said, bool Meant)> BookByAwardAsync(int which, int places) => OfBookingsAsync(model.Bookings.Where(one => one.Award is not null), which, async known =>
    {
        var booking = new ModelBooking(places) { Award = known.Award };
        var outcome = await world.Book.RunAsync(world.Free.UnderAward(run, known.Award?.Id ?? default, People(places)), ct);
        return Booked(outcome, booking, model.Book(booking));
    });

    public async Task<(bool Said, bool Meant)> AcceptAsync(int which, bool isOfSector)
    {
        if (model.Entries.Count == 0)
        {
            return Nothing;
        }

        // Also of who has no offer, or had one. What who books would be told is left does not matter to whether the program lets them.
        var entry = model.Entries[which % model.Entries.Count];
        var booking = new ModelBooking(entry.Places, isOfSector);
        var request = Request(booking);
        var outcome = await world.Book.RunAsync(request with { Dates = [request.Dates[0] with { Offer = new(entry.Id, entry.Places, App.Clock.Now.AddDays(1)) }] }, ct);
        return Booked(outcome, booking, model.Accept(entry, booking));
    }

    public Task<(bool Said, bool Meant)> CancelAsync(int which) => OfBookingsAsync(model.Bookings, which, async booking =>
    {
        model.End(booking);
        return (await App.WithAsync((CancelBooking cancel) => cancel.RunAsync(booking.Id, ct)) == CancelResult.Cancelled, true);
    });

    /// <summary>Of who has not paid, or has no decision; nothing of who is certain.</summary>
    public Task<(bool Said, bool Meant)> LapseAsync(int which) => OfBookingsAsync(model.Bookings, which, async booking =>
    {
        if (await App.WithAsync<ReleaseHold, bool>(release => release.RunAsync(booking.Id, App.Clock.Now, ct)))
        {
            model.End(booking);
            model.Lapsed.AddRange(booking.IsByCard ? [booking] : []);
        }

        return Nothing;
    });

    public Task<(bool Said, bool Meant)> PayLateAsync(int which) => OfBookingsAsync(model.Lapsed, which, async booking =>
    {
        await using var scope = App.Scope();
        await using var transaction = await scope.ServiceProvider.GetRequiredService<TrainingHubDb>().Database.BeginTransactionAsync(ct);
        var result = await scope.ServiceProvider.GetRequiredService<ConfirmPlaces>().RunAsync(booking.Id, App.Clock.Now, ct);
        await transaction.CommitAsync(ct);
        return (result == ConfirmResult.Confirmed, model.PayLate(booking));
    });

    public Task<(bool Said, bool Meant)> StaffCancelAsync(int which) => OfBookingsAsync(model.Bookings, which, async booking =>
    {
        await using var scope = App.Scope();
        var undo = KeepUndo.Begin(scope.ServiceProvider.GetRequiredService<TrainingHubDb>(), App.Clock.Now);
        var result = await scope.ServiceProvider.GetRequiredService<CancelBooking>().ByStaffAsync(booking.Id, null, new(world.Free.Staff, null, null, null, undo), ct);
        cancelled.Add((booking, undo.Id));
        model.End(booking);
        model.Undoable.Add(booking);
        return (result == CancelResult.Cancelled, true);
    });

    public async Task<(bool Said, bool Meant)> TakeBackAsync()
    {
        if (cancelled.Count == 0)
        {
            return Nothing;
        }

        var (booking, act) = cancelled[^1];
        var isUndone = await App.WithAsync((UndoAct undo) => undo.RunAsync(act, world.Free.Staff, ct)) is null;
        if (isUndone)
        {
            cancelled.RemoveAt(cancelled.Count - 1);
        }

        return (isUndone, model.TakeBack(booking));
    }

    public async Task<(bool Said, bool Meant)> UndoEndsAsync()
    {
        foreach (var (_, act) in cancelled)
        {
            await world.Bookings.ExecuteAsync("update undoable_acts set held_until = $2 where id = $1", act, App.Clock.Now);
        }

        cancelled.Clear();
        model.Undoable.Clear();
        return Nothing;
    }

    public Task<(bool Said, bool Meant)> SwapAsync(int which) => OfBookingsAsync(model.Bookings, which, async booking =>
    {
        var place = await PlaceAsync(booking.Id, run);
        await App.WithAsync<SwapDelegate>(swap => swap.RunAsync(booking.Id, place, new($"New {place:N}", $"{Guid.CreateVersion7():N}@swap.example", null), ct));
        return Nothing;
    });

    public Task<(bool Said, bool Meant)> MoveAwayAsync(int which) => OfBookingsAsync(model.Bookings, which, async booking =>
    {
        var move = new PlaceMove(booking.Id, await PlaceAsync(booking.Id, run), other, null, null);
        if (await App.WithAsync<MovePlace, MovePlaceResult>(one => one.RunAsync(move, WaitingWorld.Staff, ct)) == MovePlaceResult.Moved)
        {
            model.MoveAway(booking);
        }

        return Nothing;
    });

    public async Task<(bool Said, bool Meant)> MoveHereAsync()
    {
        var (booking, place) = await ElsewhereAsync();
        var move = new PlaceMove(booking.Id, place, run, null, null);
        return (await App.WithAsync<MovePlace, MovePlaceResult>(one => one.RunAsync(move, WaitingWorld.Staff, ct)) == MovePlaceResult.Moved, model.Book(booking));
    }

    public async Task<(bool Said, bool Meant)> MoveOwnHereAsync()
    {
        var (booking, place) = await ElsewhereAsync();
        return (await App.WithAsync((MoveOwnPlace move) => move.RunAsync(booking.Id, place, run, ct)) is null, model.Book(booking));
    }

    private async Task<(ModelBooking Booking, Guid Place)> ElsewhereAsync()
    {
        var booked = await world.Bookings.BookAsync(other, People(1));
        return (new(places: 1) { Id = booked.Id }, await PlaceAsync(booked.Id, other));
    }

    private BookPlaceRequest Request(ModelBooking booking) =>
        world.Bookings.Request(run, People(booking.Places)) with { SectorId = booking.IsOfSector ? world.Sector : world.Bookings.Sector };

    private static (bool Said, bool Meant) Booked(BookPlaceOutcome outcome, ModelBooking booking, bool meant)
    {
        booking.Id = outcome.Booking?.Id ?? default;
        return (outcome.Result == BookPlaceResult.Booked, meant);
    }

    // Another of its places may be on the other date by now.
    private Task<Guid> PlaceAsync(Guid booking, Guid on) =>
        world.Free.IdAsync("select id from live_places where booking_id = $1 and run_id = $2 order by id limit 1", booking, on);

    private static async Task<(bool Said, bool Meant)> OfBookingsAsync(
        IEnumerable<ModelBooking> bookings, int which, Func<ModelBooking, Task<(bool Said, bool Meant)>> act)
    {
        var those = bookings.ToList();
        return those.Count == 0 ? Nothing : await act(those[which % those.Count]);
    }

    private static string[] People(int count) => [.. Enumerable.Range(0, count).Select(_ => $"{Guid.CreateVersion7():N}@game.example")];
}

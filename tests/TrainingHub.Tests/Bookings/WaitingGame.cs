using TrainingHub.Bookings;

namespace TrainingHub.Tests.Bookings;

/// <summary>The program says or has something else than the model: an overselling, an overtaking or a lost place.</summary>
internal sealed class ModelDiffersException(string message) : Exception(message);

/// <summary>What a game is played on.</summary>
/// <param name="App"></param>
/// <param name="Free">With a policy that gives each organisation <see cref="ModelAward.Places"/> places.</param>
/// <param name="Sector">For which places may be held.</param>
/// <param name="Book">As visitors book.</param>
internal sealed record GameWorld(TestApp App, FreePlaceWorld Free, Guid Sector, BookPlace Book)
{
    public BookingWorld Bookings => Free.World;

    public static async Task<GameWorld> MakeAsync(TestApp app, string? guard = null)
    {
        var free = await FreePlaceWorld.MakeAsync(app);
        await free.PublishAsync(policy => policy.PlacesPerOrganisation = ModelAward.Places);
        var book = new BookPlace(app.Database, app.Clock, Microsoft.Extensions.Options.Options.Create(BookingWorld.Site)) { Guard = guard ?? BookingSql.BookPlace };
        return new(app, free, await free.World.OtherSectorAsync(), book);
    }
}

/// <summary>
/// Plays steps on a date of the real program and on the model at once, and compares after each: what was answered, the date's counters,
/// its rows, and the state of everybody who waits.
/// </summary>
internal sealed class WaitingGame(GameWorld world, CancellationToken ct)
{
    private const int Roomy = 200;

    /// <exception cref="ModelDiffersException">After the first step that differs.</exception>
    public async Task PlayAsync(int capacity, IReadOnlyList<WaitingStep> steps)
    {
        var (run, other) = (await world.Bookings.RunAsync(capacity, TimeSpan.FromDays(60)), await world.Bookings.RunAsync(Roomy, TimeSpan.FromDays(61)));
        var model = new WaitingModel(capacity);
        var (places, list, date) = (new GamePlaces(world, model, run, other, ct), new GameList(world, model, run, ct), new GameDate(world, model, run, ct));
        foreach (var step in steps)
        {
            // Nothing happens at the very same instant as something else, whose order would be a draw.
            world.App.Clock.Advance(TimeSpan.FromMilliseconds(2));
            var (said, meant) = await TakeAsync(step, places, list, date);
            if (said != meant)
            {
                throw new ModelDiffersException($"{step}: the program says {said}, the model {meant}.");
            }

            await CompareAsync(step, run, model);
        }
    }

    private static Task<(bool Said, bool Meant)> TakeAsync(WaitingStep step, GamePlaces places, GameList list, GameDate date) => step.Kind switch
    {
        WaitingStepKind.Book => places.BookAsync(new(step.Places), PaymentMethod.Invoice),
        WaitingStepKind.Add => places.AddAsync(step.Which, step.Places),
        WaitingStepKind.HoldByCard => places.BookAsync(new(step.Places), PaymentMethod.Card),
        WaitingStepKind.BookOfSector => places.BookAsync(new(step.Places, isOfSector: true), PaymentMethod.Invoice),
        WaitingStepKind.StaffBook => places.StaffBookAsync(step.Places, isBefore: false),
        WaitingStepKind.StaffBookBefore => places.StaffBookAsync(step.Places, isBefore: true),
        WaitingStepKind.Apply => places.ApplyAsync(step.Places),
        WaitingStepKind.Approve => places.ApproveAsync(step.Which),
        WaitingStepKind.Decline => places.DeclineAsync(step.Which),
        WaitingStepKind.BookByAward => places.BookByAwardAsync(step.Which, step.Places),
        WaitingStepKind.Cancel => places.CancelAsync(step.Which),
        WaitingStepKind.Lapse => places.LapseAsync(step.Which),
        WaitingStepKind.PayLate => places.PayLateAsync(step.Which),
        WaitingStepKind.StaffCancel => places.StaffCancelAsync(step.Which),
        WaitingStepKind.TakeBack => places.TakeBackAsync(),
        WaitingStepKind.UndoEnds => places.UndoEndsAsync(),
        WaitingStepKind.Swap => places.SwapAsync(step.Which),
        WaitingStepKind.MoveAway => places.MoveAwayAsync(step.Which),
        WaitingStepKind.MoveHere => places.MoveHereAsync(),
        WaitingStepKind.MoveOwnHere => places.MoveOwnHereAsync(),
        WaitingStepKind.Join => list.JoinAsync(step.Places),
        WaitingStepKind.OfferDue => list.OfferDueAsync(),
        WaitingStepKind.Accept => places.AcceptAsync(step.Which, isOfSector: false),
        WaitingStepKind.AcceptOfSector => places.AcceptAsync(step.Which, isOfSector: true),
        WaitingStepKind.DeclineOffer => list.DeclineAsync(step.Which),
        WaitingStepKind.OfferEnds => list.OfferEndsAsync(step.Which),
        WaitingStepKind.WantFewer => list.WantFewerAsync(step.Which, step.Places),
        WaitingStepKind.SetAside => list.SetAsideAsync(step.Which),
        WaitingStepKind.PutBack => list.PutBackAsync(step.Which),
        WaitingStepKind.Prefer => list.PreferAsync(step.Which),
        WaitingStepKind.OfferByHand => list.OfferByHandAsync(step.Which),
        WaitingStepKind.RaiseCapacity => date.RaiseAsync(),
        WaitingStepKind.CutCapacity => date.CutAsync(),
        WaitingStepKind.HoldForSector => date.HoldAsync(step.Places),
        WaitingStepKind.HoldNone => date.HoldAsync(0),
        WaitingStepKind.HeldDayComes => date.HeldDayComesAsync(),
    };

    private async Task CompareAsync(WaitingStep step, Guid run, WaitingModel model)
    {
        var found = await world.Bookings.TextAsync(
            """
            select concat_ws(' ', capacity, extra_places, held_back, held_back_taken, places_taken, places_offered, places_waited_for,
                (select count(*) from live_places where run_id = run.id),
                (select string_agg(state, ',' order by created_at, id) from waiting_list_entries where run_id = run.id))
            from course_runs run
            where id = $1
            """,
            run);
        var meant = string.Join(' ', new object?[]
        {
            model.Capacity, model.Extra, model.Held, model.TakenOfSector, model.Taken, model.Offered, model.WaitedFor, model.Taken,
            model.Entries.Count == 0 ? null : string.Join(',', model.Entries.Select(entry => entry.State)),
        }.Where(part => part is not null));
        if (found != meant || model.Taken + model.Offered > model.Capacity + model.Extra)
        {
            throw new ModelDiffersException($"After {step}: the program has {found}, the model {meant}.");
        }

        foreach (var award in model.Bookings.Select(booking => booking.Award).OfType<ModelAward>().Distinct())
        {
            var used = await world.Free.UsedAsync(award.Id);
            if (used != award.Used || used > ModelAward.Places)
            {
                throw new ModelDiffersException($"After {step}: of an award {used} places are used, by the model {award.Used}.");
            }
        }
    }
}

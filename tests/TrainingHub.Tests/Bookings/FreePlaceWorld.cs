using TrainingHub.Bookings;
using TrainingHub.FreePlaces;
using TrainingHub.Platform;
using Xunit;

namespace TrainingHub.Tests.Bookings;

/// <summary>What tests of free places do with the application's own commands: a policy, applications, awards.</summary>
internal sealed class FreePlaceWorld(TestApp app, BookingWorld world, Actor staff)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public BookingWorld World => world;
    public Actor Staff => staff;

    public static async Task<FreePlaceWorld> MakeAsync(TestApp app)
    {
        var world = await BookingWorld.MakeAsync(app.Database, app.Clock);
        return new(app, world, new(await world.StaffAsync(), "Cora Coordinator"));
    }

    /// <summary>A policy of the running year, published in place of the one before it.</summary>
    public async Task<Guid> PublishAsync(Action<PolicyFacts> change)
    {
        var id = await app.WithAsync((SavePolicy save) => save.DraftAsync(FinancialYear.Of(London.DateOf(app.Clock.Now)), staff, Token));
        var draft = await app.WithAsync(async (TrainingHubDb db) => (await db.FreePlacePolicies.FindAsync([id], Token))!);
        var facts = PolicyFacts.Of(draft);
        change(facts);
        Assert.Equal(SavePolicyResult.Saved, await app.WithAsync((SavePolicy save) => save.ChangeAsync(id, draft.Version, facts, staff, Token)));
        Assert.Equal(SavePolicyResult.Saved, await app.WithAsync((SavePolicy save) => save.PublishAsync(id, draft.Version + 1, staff, Token)));
        return id;
    }

    /// <summary>A booking that waits for a decision: one place for each address, on one date.</summary>
    public async Task<(BookedBooking Booking, Guid Application)> ApplyAsync(Guid run, string organisation, params string[] emails)
    {
        var request = world.Request(run, emails) with
        {
            OrganisationName = organisation,
            Method = PaymentMethod.FreePlace,
            FreePlace = new(FreePlaceApplicant.UnregisteredCharity, null, "A toddler group"),
            InvoiceEmail = null,
        };
        var booking = (await world.BookPlace.RunAsync(request, Token)).Booking!;
        return (booking, await IdAsync("select free_place_application_id from bookings where id = $1", booking.Id));
    }

    /// <summary>Everything it takes until an organisation has an award, of which one place is used.</summary>
    public async Task<(Guid Award, string Code, BookedBooking Booking)> AwardAsync(string organisation)
    {
        var (booking, application) = await ApplyAsync(await world.RunAsync(capacity: 10), organisation, $"{Guid.NewGuid():N}@award.example");
        Assert.Equal(DecideResult.Decided, await ApproveAsync(application));
        return (await AwardOfAsync(application), await CodeAsync(booking.Reference), booking);
    }

    public Task<Guid> AwardOfAsync(Guid application) => IdAsync("select award_id from free_place_applications where id = $1", application);

    public Task<string> CodeAsync(string about) =>
        world.TextAsync("select model -> 'Award' ->> 'Code' from outgoing_emails where about = $1 and model ? 'Award' order by id desc limit 1", about);

    public BookPlaceRequest UnderAward(Guid run, Guid award, params string[] emails) =>
        world.Request(run, emails) with { Method = PaymentMethod.FreePlace, AwardId = award, InvoiceEmail = null };

    public Task<DecideResult> ApproveAsync(Guid application) => app.WithAsync((DecideFreePlace decide) => decide.ApproveAsync(application, staff, Token));

    public Task<DecideResult> DeclineAsync(Guid application, DeclinedRule? rule = null, string reason = "Not a charity") =>
        app.WithAsync((DecideFreePlace decide) => decide.DeclineAsync(application, reason, staff, Token, rule));

    public Task<int> UsedAsync(Guid award) => world.CountAsync("select places_used from free_place_awards where id = $1", award);

    public Task<int> GivenAsync() => world.CountAsync("select places_used from free_place_years order by starts_on desc limit 1");

    public Task<int> WorthAsync() => world.CountAsync("select forgone_pence from free_place_years order by starts_on desc limit 1");

    public async Task<Guid> IdAsync(string query, params object[] values)
    {
        await using var command = app.Database.CreateCommand(query);
        foreach (var value in values)
        {
            command.Parameters.AddWithValue(value);
        }

        return (Guid)(await command.ExecuteScalarAsync(Token))!;
    }
}

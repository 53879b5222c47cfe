using TrainingHub.Bookings;
using TrainingHub.FreePlaces;
using TrainingHub.Platform;
using TrainingHub.Tests.FreePlaces;
using TrainingHub.Tests.Payments;
using Xunit;

namespace TrainingHub.Tests.Bookings;

/// <summary>What an award gives, to whom, and how its places come back.</summary>
public sealed class FreePlaceAwardTests(TestApp app) : IClassFixture<TestApp>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task HowToPay_NameOrAddressOfAnAwardedOrganisation_OpensNothing()
    {
        var free = await FreePlaceWorld.MakeAsync(app);
        var (award, _, _) = await free.AwardAsync("Hill Primary School");
        var run = await free.World.RunAsync(capacity: 5);

        // The same name, and any address: an application as from anybody.
        var organisation = await free.World.ToOrganisationAsync(app.Browse(), run, "Mal Ory|mal@stranger.example");
        var check = await (await organisation.SubmitAsync(free.World.FillOrganisation)).SubmitAsync(form =>
        {
            (form["Form.By"], form["Form.Applicant"], form["Form.About"]) = ("FreePlace", "RegisteredCharity", "We are the awarded ones.");
        });
        var done = await check.SubmitAsync(button: "Send application");

        Assert.Equal("We are holding your places", done.Heading);
        Assert.Equal(1, await free.UsedAsync(award));
    }

    [Fact]
    public async Task HowToPay_WrongCodes_AreRefusedAndThenBoundedForTheNetwork()
    {
        var free = await FreePlaceWorld.MakeAsync(app);
        var run = await free.World.RunAsync(capacity: 5);
        var organisation = await free.World.ToOrganisationAsync(app.Browse(), run, "Gus Guess|gus@guess.example");
        var page = await organisation.SubmitAsync(free.World.FillOrganisation);

        for (var guess = 0; guess < 19; guess++)
        {
            page = await page.SubmitAsync(form => (form["Form.By"], form["Form.AwardCode"]) = ("FreePlace", $"AAAA-BBBB-{guess:0000}"));
            Assert.Equal(["We know no such code, or its free places are over. Check it, or leave it empty and apply"], page.Errors);
        }

        page = await page.SubmitAsync(form => (form["Form.By"], form["Form.AwardCode"]) = ("FreePlace", "AAAA-BBBB-2020"));
        Assert.StartsWith("Too many wrong codes came from your network.", Assert.Single(page.Errors), StringComparison.Ordinal);
        await free.World.ExecuteAsync("delete from recent_tries where what = 'award-code'");
    }

    [Fact]
    public async Task HowToPay_FewerLeftThanPeople_SaysSoAtTheCode()
    {
        var free = await FreePlaceWorld.MakeAsync(app);
        var (award, code, _) = await free.AwardAsync("Small Group");
        await free.World.ExecuteAsync("update free_place_awards set places = 2 where id = $1", award);

        var refused = await ApplyTests.ToCheckAsync(free, app.Browse(), await free.World.RunAsync(capacity: 5), code, "A|a1@small.example", "B|b1@small.example");

        Assert.Equal([TrainingHub.Bookings.Pages.FreePlaceChoice.TooFewLeft], refused.Errors);
    }

    [Fact]
    public async Task Confirm_AwardUsedUpMeanwhile_SaysSoAndBooksNothing()
    {
        var free = await FreePlaceWorld.MakeAsync(app);
        var (award, code, _) = await free.AwardAsync("Late Group");
        var run = await free.World.RunAsync(capacity: 5);
        var check = await ApplyTests.ToCheckAsync(free, app.Browse(), run, code, "A|late@late.example");
        await free.World.ExecuteAsync("update free_place_awards set places = 1 where id = $1", award);

        var refused = await check.SubmitAsync(button: "Confirm booking");

        Assert.Equal([TrainingHub.Bookings.Pages.FreePlaceChoice.TooFewLeft], refused.Errors);
        Assert.Equal(0, await free.World.PlacesTakenAsync(run));
    }

    [Fact]
    public async Task BookPlace_UnderAnAward_IsConfirmedAtOnceAndTellsEverybody()
    {
        var free = await FreePlaceWorld.MakeAsync(app);
        var (award, _, _) = await free.AwardAsync("Quick Group");

        var outcome = await free.World.BookPlace.RunAsync(free.UnderAward(await free.World.RunAsync(capacity: 5), award, "q1@quick.example", "q2@quick.example"), Token);

        Assert.Equal((BookPlaceResult.Booked, BookingState.Confirmed), (outcome.Result, outcome.Booking!.State));
        Assert.Equal(3, await free.UsedAsync(award));
        Assert.Equal(1, await free.World.SentAsync(outcome.Booking.Reference, "booking-confirmed"));
    }

    [Fact]
    public async Task BookPlace_AwardStoppedOrOver_IsRefused()
    {
        await using var later = new TestApp(app.ConnectionString);
        var free = await FreePlaceWorld.MakeAsync(later);
        var (stopped, _, _) = await free.AwardAsync("Stopped Group");
        var (over, code, _) = await free.AwardAsync("Over Group");
        Assert.True(await later.WithAsync((KeepAwards keep) => keep.StopAsync(stopped, "Closed down", free.Staff, Token)));
        Assert.False(await later.WithAsync((KeepAwards keep) => keep.StopAsync(stopped, "Closed down", free.Staff, Token)));

        Assert.Equal(BookPlaceResult.AwardUsedUp, (await free.World.BookPlace.RunAsync(free.UnderAward(await free.World.RunAsync(capacity: 5), stopped, "s@s.example"), Token)).Result);
        Assert.Equal(1, await free.UsedAsync(stopped));
        later.Clock.MoveTo(new DateTimeOffset(2027, 3, 31, 23, 0, 0, TimeSpan.Zero));
        Assert.Equal(BookPlaceResult.AwardUsedUp, (await free.World.BookPlace.RunAsync(free.UnderAward(await free.World.RunAsync(capacity: 5), over, "o@o.example"), Token)).Result);
        Assert.Equal(12, Reference.Normalise(code).Length);
    }

    [Fact]
    public async Task SendCode_Again_OpensAndTheOldOneDoesNot()
    {
        var free = await FreePlaceWorld.MakeAsync(app);
        var (award, old, booking) = await free.AwardAsync("Lost Code");

        Assert.NotNull(await app.WithAsync((KeepAwards keep) => keep.SendCodeAsync(award, free.Staff, Token)));
        var fresh = await free.World.TextAsync("select model -> 'Award' ->> 'Code' from outgoing_emails where about = $1 and kind = 'free-place-code'", booking.Reference);

        Assert.NotEqual(old, fresh);
        Assert.Null(await OpensAsync(old));
        Assert.Equal(award, (await OpensAsync(fresh))?.Id);
    }

    [Fact]
    public async Task Cancel_OnePlaceOfTwo_GivesOneBackAndTheUndoTakesItAgain()
    {
        var free = await FreePlaceWorld.MakeAsync(app);
        var (award, _, _) = await free.AwardAsync("Comes Back");
        var booked = (await free.World.BookPlace.RunAsync(free.UnderAward(await free.World.RunAsync(capacity: 5), award, "x1@back.example", "x2@back.example"), Token)).Booking!;
        var place = await free.IdAsync("select id from places where booking_id = $1 order by id limit 1", booked.Id);

        await app.WithAsync((CancelBooking cancel) => cancel.RunAsync(booked.Id, place, Token));

        Assert.Equal(2, await free.UsedAsync(award));
        await free.World.ExecuteAsync("update places set state = 'Confirmed', ended_at = null where id = $1", place);
        Assert.Equal(3, await free.UsedAsync(award));
    }

    [Fact]
    public async Task Undo_ApprovalWithABooking_GivesThePlacesAndTheAwardBack()
    {
        var free = await FreePlaceWorld.MakeAsync(app);
        var given = await free.GivenAsync();
        var (booking, application) = await free.ApplyAsync(await free.World.RunAsync(capacity: 5), "Mistaken Group", "m@mistake.example");
        await free.ApproveAsync(application);
        Assert.Equal(given + 1, await free.GivenAsync());

        Assert.Null(await app.UndoAsync(await app.ActAsync(booking.Id)));

        Assert.Equal(given, await free.GivenAsync());
        Assert.Equal(0, await free.World.CountAsync("select count(*) from free_place_awards where organisation_name = 'Mistaken Group'"));
        Assert.Equal(1, await free.World.CountAsync("select count(*) from places where booking_id = $1 and state = 'Held' and forgone_pence is null", booking.Id));
        Assert.Equal(DecideResult.Decided, await free.ApproveAsync(application));
    }

    [Fact]
    public async Task Approve_SecondApplicationOfTheYear_UsesTheSameAward()
    {
        var free = await FreePlaceWorld.MakeAsync(app);
        var (award, _, _) = await free.AwardAsync("Same Group");
        var (_, second) = await free.ApplyAsync(await free.World.RunAsync(capacity: 5), "The same group", "two@same.example");

        await free.ApproveAsync(second);

        Assert.Equal(award, await free.AwardOfAsync(second));
        Assert.Equal(2, await free.UsedAsync(award));
    }

    [Fact]
    public async Task Publish_AnotherPolicyOfTheYear_KeepsTheOldOneForWhatWasDecided()
    {
        var free = await FreePlaceWorld.MakeAsync(app);
        var first = await free.PublishAsync(policy => policy.PlacesPerOrganisation = 6);
        var (award, _, _) = await free.AwardAsync("Old Policy");

        var second = await free.PublishAsync(policy => policy.PlacesPerOrganisation = 3);

        Assert.NotEqual(first, second);
        Assert.Equal(first, await free.IdAsync("select policy_id from free_place_awards where id = $1", award));
        Assert.Equal("Superseded", await free.World.TextAsync("select state from free_place_policies where id = $1", first));
        Assert.Equal(6, await free.World.CountAsync("select places_per_organisation from free_place_policies where id = $1", first));
        Assert.Equal(SavePolicyResult.ChangedSince, await app.WithAsync((SavePolicy save) => save.ChangeAsync(first, 1, new PolicyFacts(), free.Staff, Token)));
        Assert.Equal(6, await free.World.CountAsync("select places from free_place_awards where id = $1", award));
    }

    [Fact]
    public async Task Publish_BudgetBelowWhatIsGiven_IsRefused()
    {
        var free = await FreePlaceWorld.MakeAsync(app);
        await free.AwardAsync("Counts One");
        await free.AwardAsync("Counts Two");
        var id = await app.WithAsync((SavePolicy save) => save.DraftAsync(FinancialYear.Of(London.DateOf(app.Clock.Now)), free.Staff, Token));
        var draft = await app.WithAsync(async (TrainingHubDb db) => (await db.FreePlacePolicies.FindAsync([id], Token))!);
        var facts = PolicyFacts.Of(draft);
        facts.BudgetPlaces = 1;
        await app.WithAsync((SavePolicy save) => save.ChangeAsync(id, draft.Version, facts, free.Staff, Token));

        Assert.Equal(SavePolicyResult.BelowUsed, await app.WithAsync((SavePolicy save) => save.PublishAsync(id, draft.Version + 1, free.Staff, Token)));
        await free.World.ExecuteAsync("delete from free_place_policies where id = $1", id);
    }

    [Fact]
    public async Task Merge_TwoOrganisationsWithAwards_LeavesOneOpen()
    {
        var free = await FreePlaceWorld.MakeAsync(app);
        var (kept, _, _) = await free.AwardAsync("Open Hands Poole");
        var (gone, _, _) = await free.AwardAsync("Open Hands of Poole");
        var stays = await free.IdAsync("select organisation_id from free_place_awards where id = $1", kept);
        var goes = await free.IdAsync("select organisation_id from free_place_awards where id = $1", gone);

        Assert.Equal(MergeResult.Merged, await app.WithAsync((MergeOrganisations merge) => merge.RunAsync(stays, [goes], free.Staff, Token)));

        Assert.Equal(2, await free.World.CountAsync("select count(*) from free_place_awards where organisation_id = $1", stays));
        Assert.Equal(1, await free.World.CountAsync("select count(*) from free_place_awards where organisation_id = $1 and ended_at is null and id = $2", stays, kept));
    }

    private Task<FreePlaceAward?> OpensAsync(string code) =>
        app.WithAsync((TrainingHubDb db) => FreePlaceAward.OfCodeAsync(db, app.Database, code, app.Clock.Now, Token));
}

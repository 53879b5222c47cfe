using TrainingHub.Bookings;
using TrainingHub.Payments;
using TrainingHub.Platform;
using Xunit;

namespace TrainingHub.Tests.Bookings;

/// <summary>A freed place goes to who waits, in order, and to nobody else.</summary>
public sealed class OfferTests(TestApp app) : IClassFixture<TestApp>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task PlaceFreed_BeforeItIsOffered_IsNobodyElses()
    {
        var world = await WorldAsync();
        var (run, taken) = await world.FullAsync();
        var ann = await world.JoinAsync(run, "Ann");

        await world.CancelAsync(taken[0]);
        var before = await world.PassByAsync(run);
        await world.OfferAsync();
        var after = await world.PassByAsync(run);

        Assert.Equal((BookPlaceResult.Full, BookPlaceResult.Full), (before, after));
        Assert.Equal("Offered", await world.StateAsync(ann));
        Assert.Equal((0, 1, 1), await world.CountsAsync(run));
        Assert.Equal(1, await world.MailedAsync(run, "Ann", "waiting-offer"));
    }

    [Fact]
    public async Task Offer_Accepted_TakesTheSeatThatWasKept()
    {
        var world = await WorldAsync();
        var (run, taken) = await world.FullAsync();
        var ann = await world.JoinAsync(run, "Ann");
        await world.CancelAsync(taken[0]);
        await world.OfferAsync();

        var accepted = await world.AcceptAsync(run, ann);
        var again = await world.AcceptAsync(run, ann);

        Assert.Equal((BookPlaceResult.Booked, BookPlaceResult.Full), (accepted, again));
        Assert.Equal("Booked", await world.StateAsync(ann));
        Assert.Equal((1, 0, 0), await world.CountsAsync(run));
    }

    [Fact]
    public async Task Offer_NotAnswered_GoesToTheNextByItself()
    {
        var world = await WorldAsync();
        var (run, taken) = await world.FullAsync();
        var (ann, ben) = (await world.JoinAsync(run, "Ann"), await world.JoinAsync(run, "Ben"));
        await world.CancelAsync(taken[0]);
        await world.OfferAsync();
        app.Clock.Advance(TimeSpan.FromDays(4));

        var late = await world.AcceptAsync(run, ann);
        await world.OfferAsync();

        Assert.Equal(BookPlaceResult.Full, late);
        Assert.Equal(("Lapsed", "Offered"), (await world.StateAsync(ann), await world.StateAsync(ben)));
        Assert.Equal((1, 1), (await world.MailedAsync(run, "Ann", "waiting-offer-ended"), await world.MailedAsync(run, "Ben", "waiting-offer")));
    }

    [Fact]
    public async Task Offer_NextWantsMoreThanIsFree_GathersAndNobodyOvertakes()
    {
        var world = await WorldAsync();
        var (run, taken) = await world.FullAsync(capacity: 2);
        var (group, ben) = (await world.JoinAsync(run, "Group", places: 2), await world.JoinAsync(run, "Ben"));

        await world.CancelAsync(taken[0]);
        await world.OfferAsync();
        Assert.Equal(("Waiting", "Waiting", BookPlaceResult.Full), (await world.StateAsync(group), await world.StateAsync(ben), await world.PassByAsync(run)));
        await world.CancelAsync(taken[1]);
        await world.OfferAsync();

        Assert.Equal(("Offered", "Waiting"), (await world.StateAsync(group), await world.StateAsync(ben)));
        Assert.Equal(BookPlaceResult.Booked, await world.AcceptAsync(run, group, people: 2));
    }

    [Fact]
    public async Task Offer_NextAsksForFewer_IsOfferedAtOnce()
    {
        var world = await WorldAsync();
        var (run, taken) = await world.FullAsync(capacity: 2);
        var group = await world.JoinAsync(run, "Group", places: 2);
        await world.CancelAsync(taken[0]);
        await world.OfferAsync();

        var page = await app.Browse().GetAsync(await world.PageAsync(run, "Group"));
        var fewer = await page.SubmitAsync(form => form["Fewer"] = "1", button: "Ask for fewer places");

        Assert.Contains("1 place is free and kept for you.", page.Main);
        Assert.Equal("A place is free for you", fewer.Heading);
        Assert.Equal(("Offered", (1, 1, 1)), (await world.StateAsync(group), await world.CountsAsync(run)));
    }

    [Fact]
    public async Task Offer_TakenForFewerPeople_LeavesTheRestToTheNext()
    {
        var world = await WorldAsync();
        var (run, taken) = await world.FullAsync(capacity: 2);
        var (group, ben) = (await world.JoinAsync(run, "Group", places: 2), await world.JoinAsync(run, "Ben"));
        await world.CancelAsync(taken[0]);
        await world.CancelAsync(taken[1]);
        await world.OfferAsync();

        await world.AcceptAsync(run, group, people: 1);
        await world.OfferAsync();

        Assert.Equal(("Offered", (1, 1, 1)), (await world.StateAsync(ben), await world.CountsAsync(run)));
    }

    [Fact]
    public async Task List_NeedsFewerThanBecomeFree_LeavesTheRestToAnybody()
    {
        var world = await WorldAsync();
        var (run, _) = await world.FullAsync();
        await world.JoinAsync(run, "Ann");

        await world.Bookings.ExecuteAsync("update course_runs set capacity = 3 where id = $1", run);

        Assert.Equal((BookPlaceResult.Booked, BookPlaceResult.Full), (await world.PassByAsync(run), await world.PassByAsync(run)));
    }

    [Fact]
    public async Task List_PlacesHeldForASector_AreOfferedWhenTheirDayIsOver()
    {
        var world = await WorldAsync();
        var run = await world.Bookings.HeldBackRunAsync(capacity: 2, held: 1, await world.Bookings.OtherSectorAsync(), heldFor: TimeSpan.FromHours(3));
        await world.Bookings.BookAsync(run, $"{run:N}@taken.example");
        var ann = await world.JoinAsync(run, "Ann");

        await world.OfferAsync();
        var during = await world.StateAsync(ann);
        app.Clock.Advance(TimeSpan.FromHours(3));
        var passer = await world.PassByAsync(run);
        await world.OfferAsync();

        Assert.Equal(("Waiting", BookPlaceResult.Full, "Offered"), (during, passer, await world.StateAsync(ann)));
    }

    [Fact]
    public async Task Offer_LinkLost_IsSentAgainToWhoJoinsAgain()
    {
        var world = await WorldAsync();
        var (run, taken) = await world.FullAsync();
        var ann = await world.JoinAsync(run, "Ann");
        await world.CancelAsync(taken[0]);
        await world.OfferAsync();
        app.Clock.Advance(TimeSpan.FromMinutes(61));

        await world.JoinAsync(run, "Ann");

        Assert.Equal((2, "Offered"), (await world.MailedAsync(run, "Ann", "waiting-offer"), await world.StateAsync(ann)));
        Assert.Equal("A place is free for you", (await app.Browse().GetAsync(await world.PageAsync(run, "Ann"))).Heading);
    }

    [Fact]
    public async Task List_BookingCloses_EndsAndEachIsToldOnce()
    {
        var world = await WorldAsync();
        var run = await world.Bookings.ClosingRunAsync(capacity: 1, before: TimeSpan.FromDays(2), startsIn: TimeSpan.FromDays(3));
        var booking = await world.Bookings.BookAsync(run, $"{run:N}@taken.example");
        var (ann, ben) = (await world.JoinAsync(run, "Ann"), await world.JoinAsync(run, "Ben"));
        await world.CancelAsync(booking);
        await world.OfferAsync();
        app.Clock.Advance(TimeSpan.FromDays(1));

        await world.OfferAsync();
        await world.OfferAsync();

        Assert.Equal(("Closed", "Closed"), (await world.StateAsync(ann), await world.StateAsync(ben)));
        Assert.Equal((1, 1), (await world.MailedAsync(run, "Ann", "waiting-list-closed"), await world.MailedAsync(run, "Ben", "waiting-list-closed")));
        Assert.Equal((0, 0, 0), await world.CountsAsync(run));
    }

    [Fact]
    public async Task Page_OfAnOffer_LeadsToABookingAndAGetChangesNothing()
    {
        var world = await WorldAsync();
        var (run, taken) = await world.FullAsync();
        var ann = await world.JoinAsync(run, "Ann");
        await world.CancelAsync(taken[0]);
        await world.OfferAsync();
        var browser = app.Browse();

        var link = await world.PageAsync(run, "Ann");
        var page = await browser.GetAsync(link);
        Assert.Equal(("A place is free for you", "Offered"), (page.Heading, await world.StateAsync(ann)));
        var who = await page.SubmitAsync(button: "Book now");
        Assert.Contains("1 place is kept for you until", who.Main);
        var organisation = await browser.EventuallyAsync((await who.SubmitAsync()).Address, world.Bookings.SectorName);
        var payment = await organisation.SubmitAsync(world.Bookings.FillOrganisation);
        var check = await payment.SubmitAsync(form => (form["Form.By"], form["Form.InvoiceEmail"]) = ("Invoice", "finance@school.example"));
        var booked = await check.SubmitAsync();

        Assert.Contains("confirmed", booked.Main, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(("Booked", (1, 0, 0)), (await world.StateAsync(ann), await world.CountsAsync(run)));
        Assert.Equal("You have booked", (await app.Browse().GetAsync(link)).Heading);
    }

    [Fact]
    public async Task Page_Decline_OffersToTheNextInTheSameAct()
    {
        var world = await WorldAsync();
        var (run, taken) = await world.FullAsync();
        var (ann, ben) = (await world.JoinAsync(run, "Ann"), await world.JoinAsync(run, "Ben"));
        await world.CancelAsync(taken[0]);
        await world.OfferAsync();

        var page = await app.Browse().GetAsync(await world.PageAsync(run, "Ann"));
        var declined = await page.SubmitAsync(button: "Decline and leave the list");

        Assert.Equal("You are not on the waiting list", declined.Heading);
        Assert.Equal(("Declined", "Offered"), (await world.StateAsync(ann), await world.StateAsync(ben)));
    }

    [Fact]
    public async Task Page_OfferOverWhileTyping_SaysSoAndKeepsWhatWasTyped()
    {
        var world = await WorldAsync();
        var (run, taken) = await world.FullAsync();
        await world.JoinAsync(run, "Ann");
        await world.CancelAsync(taken[0]);
        await world.OfferAsync();
        var page = await app.Browse().GetAsync(await world.PageAsync(run, "Ann"));
        var who = await page.SubmitAsync(button: "Book now");
        app.Clock.Advance(TimeSpan.FromHours(20));
        await world.Bookings.ExecuteAsync("update waiting_list_entries set offered_until = $2 where run_id = $1", run, app.Clock.Now);

        var refused = await who.SubmitAsync();

        Assert.Equal("This date is full", refused.Heading);
        Assert.Contains("The offer from the waiting list has ended", refused.Main);
    }

    [Fact]
    public async Task Staff_CancelByMistake_CanTakeItBackBeforeItIsOffered()
    {
        var world = await WorldAsync();
        var (run, taken) = await world.FullAsync();
        var ann = await world.JoinAsync(run, "Ann");

        await app.WithAsync<CancelPlaces>(cancel => cancel.RunAsync(new(taken[0].Id, null, CancelMoney.Later, 0, "By mistake"), WaitingWorld.Staff, Token));
        await world.OfferAsync();
        var meanwhile = await world.StateAsync(ann);
        app.Clock.Advance(UndoableAct.Hold);
        await world.OfferAsync();

        Assert.Equal(("Waiting", "Offered"), (meanwhile, await world.StateAsync(ann)));
    }

    [Fact]
    public async Task Order_IsPriorityThenJoining_AndEachActHasItsReasonInHistory()
    {
        var world = await WorldAsync();
        var (run, taken) = await world.FullAsync(capacity: 3);
        var (ann, ben, cat) = (await world.JoinAsync(run, "Ann"), await world.JoinAsync(run, "Ben"), await world.JoinAsync(run, "Cat"));

        var without = await ActAsync(keep => keep.PreferAsync(cat, isPriority: true, " ", WaitingWorld.Staff, Token));
        var preferred = await ActAsync(keep => keep.PreferAsync(cat, isPriority: true, "Asked by the panel.", WaitingWorld.Staff, Token));
        await ActAsync(keep => keep.SetAsideAsync(ann, "Away until May.", WaitingWorld.Staff, Token));
        await world.CancelAsync(taken[0]);
        await world.OfferAsync();
        Assert.Equal(("SetAside", "Waiting", "Offered"), (await world.StateAsync(ann), await world.StateAsync(ben), await world.StateAsync(cat)));
        await ActAsync(keep => keep.WithdrawAsync(cat, "The room is smaller.", WaitingWorld.Staff, Token));
        Assert.Equal(("Offered", "SetAside"), (await world.StateAsync(ben), await world.StateAsync(cat)));
        await world.CancelAsync(taken[1]);
        var byHand = await ActAsync(keep => keep.OfferAsync(ann, null, WaitingWorld.Staff, Token));
        var withReason = await ActAsync(keep => keep.OfferAsync(ann, "Back sooner.", WaitingWorld.Staff, Token));
        var none = await ActAsync(keep => keep.OfferAsync(cat, "Room again.", WaitingWorld.Staff, Token));

        Assert.Equal((KeepWaitingOrderResult.ReasonMissing, KeepWaitingOrderResult.Done), (without, preferred));
        Assert.Equal((KeepWaitingOrderResult.ReasonMissing, KeepWaitingOrderResult.Done, KeepWaitingOrderResult.TooFewFree), (byHand, withReason, none));
        Assert.Equal(4, await world.Bookings.CountAsync("select count(*) from history_entries where record_id = $1 and note is not null", run));
        Assert.Equal(1, await world.MailedAsync(run, "Cat", "waiting-offer-ended"));
    }

    private Task<KeepWaitingOrderResult> ActAsync(Func<KeepWaitingOrder, Task<KeepWaitingOrderResult>> act) =>
        app.WithAsync<KeepWaitingOrder, KeepWaitingOrderResult>(act);

    private Task<WaitingWorld> WorldAsync() => WaitingWorld.MakeAsync(app, Token);
}

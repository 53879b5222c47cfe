using Microsoft.EntityFrameworkCore;
using TrainingHub.Emails;
using TrainingHub.Platform;
using TrainingHub.Platform.Data;
using TrainingHub.Surveys;
using Xunit;

namespace TrainingHub.Tests.Surveys;

/// <summary>A delegate who has answered what has changed gets a link to pass on to their manager, and nothing tells when.</summary>
public sealed class ManagerLinkTests(TestDatabase databases) : IAsyncLifetime
{
    private readonly TestApp app = new(databases, DemoEnvironment.Name, "Surveys:AskManagers", "true");
    private SurveyWorld world = null!;
    private ManagerWorld managers = null!;

    private DateOnly Today => London.DateOf(app.Clock.Now);

    public async ValueTask InitializeAsync()
    {
        await app.InitializeAsync();
        (world, managers) = (new SurveyWorld(app), new ManagerWorld(app));
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task Delegate_HasAnswered_GetsALinkThatIsShownOnce()
    {
        var (_, invitation, _, thanks) = await managers.AnsweredAsync();

        var ask = await thanks.FollowAsync("Get a link for your manager");
        var before = await managers.StoredAsync();
        await thanks.FollowAsync("Get a link for your manager");
        var unchanged = await managers.StoredAsync();
        var shown = await ask.SubmitAsync();

        Assert.Equal("Ask your manager what they have seen", ask.Heading);
        Assert.Contains("They do not see what you answered.", ask.Main, StringComparison.Ordinal);
        Assert.Equal(before, unchanged);
        Assert.Equal("Pass this link on to your manager", shown.Heading);
        Assert.Single(ManagerWorld.Links().Matches(shown.Main));
        Assert.Contains($"mailto:?subject=", shown.Find("main a[href^='mailto:?']").GetAttribute("href"), StringComparison.Ordinal);
        Assert.Equal(0, await world.CountAsync("outgoing_emails where kind = 'manager-link'"));
        Assert.Equal(1, await world.CountAsync("survey_invitations where moment = 'Manager' and state = 'Sent'"));
        Assert.DoesNotContain("/survey/" + invitation, shown.Main, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Asked_WhatIsStored_SaysNothingOfWhen()
    {
        var (place, invitation, _, thanks) = await managers.AnsweredAsync();
        await ManagerWorld.LinkAsync(thanks, byEmail: true);

        var sentAt = await world.ScalarAsync<DateTime>($"select sent_at from survey_invitations where id = '{invitation}'");
        Assert.NotEqual(sentAt, app.Clock.Now.UtcDateTime);
        Assert.Equal(1, await world.CountAsync($"survey_invitations where moment = 'Manager' and sent_at = '{sentAt:O}' and created_at = '{sentAt:O}'"));
        Assert.Equal(1, await world.CountAsync($"secret_links where created_at = '{sentAt:O}' and subject_id = (select id from survey_invitations where moment = 'Manager')"));
        Assert.Equal(1, await world.CountAsync($"outgoing_emails where kind = 'manager-link' and to_address = '{place.Email}' and created_at = due_at and due_at = '{London.Instant(Today.AddDays(1), new TimeOnly(8, 0)):O}'"));
    }

    [Fact]
    public async Task Email_AskedFor_GoesToTheDelegateAloneOnTheNextMorning()
    {
        var (place, _, _, thanks) = await managers.AnsweredAsync();
        var path = await ManagerWorld.LinkAsync(thanks, byEmail: true);

        var mail = Assert.IsType<ManagerLinkEmail>((await app.WithAsync((TrainingHubDb db) => db.OutgoingEmails.SingleAsync(email => email.Kind == "manager-link", SurveyWorld.Ct))).Message());

        Assert.Equal(1, await world.CountAsync($"outgoing_emails where kind = 'manager-link' and to_address = '{place.Email}'"));
        Assert.Equal(path, new Uri(mail.ManagerUrl).AbsolutePath);
    }

    [Fact]
    public async Task Delegate_TheirOwnSurveyIsOver_GetsNoLinkAnyMore()
    {
        var (_, invitation, browser, thanks) = await managers.AnsweredAsync();
        var ask = await thanks.FollowAsync("Get a link for your manager");
        app.Clock.MoveTo((await managers.OwnAsync(invitation)).ClosesAt!.Value);

        var late = await ask.SubmitAsync();

        Assert.Equal("This survey is closed", late.Heading);
        Assert.Equal(0, await world.CountAsync("survey_invitations where moment = 'Manager'"));
        Assert.Equal("Open the link in your email", (await app.Browse().GetAsync(SurveyUrls.AskManager(invitation))).Heading);
    }

    [Fact]
    public async Task Links_MoreThanTen_AreRefusedAndTheEarlierOnesWork()
    {
        var (_, _, _, thanks) = await managers.AnsweredAsync();
        var ask = await thanks.FollowAsync("Get a link for your manager");
        var first = ManagerWorld.PathIn(await ask.SubmitAsync());
        for (var more = 1; more < AskManager.MostLinks; more++)
        {
            await ask.SubmitAsync();
        }

        var refused = await ask.SubmitAsync();

        Assert.Contains($"You cannot get a link: the time is over, or you have had {AskManager.MostLinks} already. Each of them still works", refused.Main, StringComparison.Ordinal);
        Assert.Equal("What have you seen since the course?", (await app.Browse().GetAsync(first)).Heading);
        Assert.Equal(AskManager.MostLinks, await managers.LinksAsync());
    }

    [Fact]
    public async Task Links_LastOneAskedForTwiceAtOnce_IsOne()
    {
        var invitation = await managers.OneLinkLeftAsync();

        await Gate.MeetAsync(app.Database, "secret_links", 2, () => managers.AskAsync(invitation));

        Assert.Equal(AskManager.MostLinks, await managers.LinksAsync());
    }

    /// <summary>The twin: both count nine. One after the other they would not.</summary>
    [Fact]
    public async Task Links_LastOneAskedForTwiceWithoutTheLock_AreTwoWhenTheyMeet()
    {
        var invitation = await managers.OneLinkLeftAsync();

        await Gate.MeetAsync(app.Database, "secret_links", 2, () => Unguarded.WithoutRowLocksAsync(() => managers.AskAsync(invitation)));

        Assert.Equal(AskManager.MostLinks + 1, await managers.LinksAsync());
        Assert.Null(await Unguarded.WithoutRowLocksAsync(() => managers.AskAsync(invitation)));
    }
}

/// <summary>Unless the partnership has switched it on, nobody is offered a link for a manager.</summary>
public sealed class ManagerSurveyOffTests(TestApp app) : IClassFixture<TestApp>
{
    private readonly SurveyWorld world = new(app);

    [Fact]
    public async Task Delegate_NotSwitchedOn_IsOfferedNoLink()
    {
        var (_, invitation, token, _) = await world.InvitedAsync();
        var browser = app.Browse();

        var thanks = await (await browser.GetAsync($"/survey/{token}")).SubmitAsync(SurveyWorld.Fill);

        Assert.Equal("Thank you", thanks.Heading);
        Assert.DoesNotContain("manager", thanks.Main, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(SurveyUrls.Answer(invitation), (await browser.GetAsync(SurveyUrls.AskManager(invitation))).Address);
        Assert.Null(await app.WithAsync((AskManager ask) => ask.RunAsync(invitation, byEmail: true, SurveyWorld.Ct)));
        Assert.Equal(0, await world.CountAsync("survey_invitations where moment = 'Manager'"));
    }
}

using System.Net;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Web;
using TrainingHub.Portal;
using TrainingHub.Tests.Bookings;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Portal;

/// <summary>Signing in with a code from an email: what opens, what does not, how often, for how long, and that nobody learns who is known.</summary>
public sealed class SignInByCodeTests(TestApp app) : IClassFixture<TestApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("spaced")]
    [InlineData("small")]
    [InlineData("dashed")]
    public async Task Code_TypedInAnyWay_OpensOwnBookingsOnce(string how)
    {
        var (reference, email) = await BookedAsync($"once-{how}");
        var page = await app.AskAsync(email.ToUpperInvariant());
        var code = await app.CodeAsync(email);
        var typed = how switch { "spaced" => $" {code} ", "small" => code.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant(), _ => code.Replace(' ', '-') };

        var signedIn = await page.SubmitAsync(form => form["Code"] = typed);
        var again = await page.Browser.GetAsync(page.Address);
        var refused = await (await app.Browse().GetAsync(page.Address)).SubmitAsync(form => form["Code"] = code);

        Assert.Equal("My bookings", signedIn.Heading);
        Assert.Contains($"See or change booking {reference}", signedIn.Main);
        Assert.Equal(HttpStatusCode.OK, (await signedIn.Browser.GetAsync(BookingUrls.Manage(reference))).Status);
        Assert.Equal("Enter the code", again.Heading);
        Assert.Equal("This page takes no code any more: the time is over, or there were too many tries. Ask for another code", Assert.Single(refused.Errors));
    }

    [Fact]
    public async Task Ask_KnownAndUnknownAddress_AnswerAlikeAndBothGetACode()
    {
        var (_, known) = await BookedAsync("known");

        var (ofKnown, ofUnknown) = (await app.AskAsync(known), await app.AskAsync("nobody@unknown.example"));
        var code = await app.CodeAsync("nobody@unknown.example");
        var nothing = await ofUnknown.SubmitAsync(form => form["Code"] = code);

        Assert.Equal((ofKnown.Status, ofKnown.Main), (ofUnknown.Status, ofUnknown.Main));
        Assert.Equal(1, await CodesMailedAsync(known));
        Assert.Equal(1, await CodesMailedAsync("nobody@unknown.example"));
        Assert.Contains("No booking was made with nobody@unknown.example", nothing.Main);
    }

    [Fact]
    public async Task Ask_WithoutAnAddress_SaysSoAtTheField()
    {
        var page = await app.AskAsync("");

        Assert.Equal("Enter your work email address", Assert.Single(page.Errors));
    }

    [Fact]
    public async Task Code_AfterItsTime_OpensNothing()
    {
        var (_, email) = await BookedAsync("late");
        var page = await app.AskAsync(email);
        var code = await app.CodeAsync(email);
        app.Clock.Advance(SignInCode.Life);

        var refused = await page.SubmitAsync(form => form["Code"] = code);

        Assert.StartsWith("This page takes no code any more", Assert.Single(refused.Errors), StringComparison.Ordinal);
        Assert.NotEqual(0, await app.RunJobAsync(nameof(PruneCodes)));
        Assert.False(await app.WithAsync((TrainingHubDb db) => db.SignInCodes.AnyAsync(one => one.Email == email, Ct)));
    }

    [Fact]
    public async Task Code_FiveGuesses_RunOutOnThatPageAndNotOnTheOwners()
    {
        var (_, email) = await BookedAsync("guessed");
        var owner = await app.AskAsync(email);
        var code = await app.CodeAsync(email);
        var stranger = await app.AskAsync(email);

        for (var guess = 0; guess < SignInCode.MostGuesses; guess++)
        {
            stranger = await stranger.SubmitAsync(form => form["Code"] = "WRNG WRNG");
            Assert.StartsWith("That code is not right", Assert.Single(stranger.Errors), StringComparison.Ordinal);
        }

        var beyond = await stranger.SubmitAsync(form => form["Code"] = code);
        var signedIn = await owner.SubmitAsync(form => form["Code"] = code);

        Assert.StartsWith("This page takes no code any more", Assert.Single(beyond.Errors), StringComparison.Ordinal);
        Assert.Equal("My bookings", signedIn.Heading);
    }

    [Fact]
    public async Task Code_OfTheOtherOfTwoEmails_WillDo()
    {
        var (_, email) = await BookedAsync("twice");
        var first = await app.AskAsync(email);
        var code = await app.CodeAsync(email);
        var second = await app.AskAsync(email);

        Assert.Equal("My bookings", (await second.SubmitAsync(form => form["Code"] = code)).Heading);
        Assert.StartsWith("This page takes no code any more", Assert.Single((await first.SubmitAsync(form => form["Code"] = code)).Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ask_MoreThanFiveWithinAnHour_AnswersAlikeAndSendsNoMore()
    {
        var (_, email) = await BookedAsync("often");
        var first = await app.AskAsync(email);
        for (var more = 1; more < SendCode.ToMailboxInHour.Most; more++)
        {
            await app.AskAsync(email);
        }

        var beyond = await app.AskAsync($"{email.Split('@')[0]}+more@{email.Split('@')[1]}");
        var mailed = await CodesMailedAsync(email);
        app.Clock.Advance(TimeSpan.FromHours(1));
        await app.AskAsync(email);

        Assert.Equal((first.Status, first.Main), (beyond.Status, beyond.Main));
        Assert.Equal((SendCode.ToMailboxInHour.Most, SendCode.ToMailboxInHour.Most + 1), (mailed, await CodesMailedAsync(email)));
        Assert.Equal(0, await CodesMailedAsync($"{email.Split('@')[0]}+more@{email.Split('@')[1]}"));
    }

    [Fact]
    public async Task Session_IdleForTwoHoursOrTwelveHoursOld_Ends()
    {
        var (_, email) = await BookedAsync("idle");
        var browser = (await app.SignInByCodeAsync(email)).Browser;
        for (var hours = 0; hours < 11; hours++)
        {
            app.Clock.Advance(TimeSpan.FromHours(1));
            Assert.Equal("My bookings", (await browser.GetAsync(PortalUrls.Bookings)).Heading);
        }

        app.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal("Find your bookings", (await browser.GetAsync(PortalUrls.Bookings)).Heading);

        var other = (await app.SignInByCodeAsync(email)).Browser;
        app.Clock.Advance(SignedInAddress.LongestIdle);
        Assert.Equal("Find your bookings", (await other.GetAsync(PortalUrls.Bookings)).Heading);
        Assert.NotEqual(0, await app.RunJobAsync(nameof(PruneAddressSessions)));
        Assert.False(await app.WithAsync((TrainingHubDb db) => db.AddressSessions.AnyAsync(one => one.Email == email, Ct)));
    }

    [Fact]
    public async Task SignOut_HereOrEverywhere_EndsCopiedCookiesToo()
    {
        var (reference, email) = await BookedAsync("out");
        var (here, there) = (await app.SignInByCodeAsync(email), await app.SignInByCodeAsync(email));
        using var copied = app.CreateClient(new() { HandleCookies = false, AllowAutoRedirect = false });
        copied.DefaultRequestHeaders.Add("Cookie", await CookieOfAsync(email));
        Assert.Equal(HttpStatusCode.OK, (await copied.GetAsync(BookingUrls.Manage(reference), Ct)).StatusCode);

        var out1 = await (await here.Browser.GetAsync(PortalUrls.SignOut)).SubmitAsync(button: "Sign out in this browser");
        Assert.Contains("You are signed out", out1.Main);
        Assert.Equal(HttpStatusCode.NotFound, (await here.Browser.GetAsync(BookingUrls.Manage(reference))).Status);
        Assert.Equal(HttpStatusCode.OK, (await there.Browser.GetAsync(BookingUrls.Manage(reference))).Status);

        await (await there.Browser.GetAsync(PortalUrls.SignOut)).SubmitAsync(button: "Sign out everywhere");
        Assert.Equal(HttpStatusCode.NotFound, (await there.Browser.GetAsync(BookingUrls.Manage(reference))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await copied.GetAsync(BookingUrls.Manage(reference), Ct)).StatusCode);
    }

    [Fact]
    public async Task Email_WithACode_IsForTheReaderAloneAndKeptByNobody()
    {
        var (_, email) = await BookedAsync("kept");
        var page = await app.AskAsync(email);
        var code = await app.CodeAsync(email);
        var staff = await app.BrowseAsStaffAsync();
        var id = await app.WithAsync((TrainingHubDb db) => db.OutgoingEmails.Where(one => one.ToAddress == email && one.Kind == "sign-in-code").Select(one => one.Id).SingleAsync(Ct));
        var before = await staff.GetAsync($"/staff/emails/{id}");
        await app.RunJobAsync(nameof(SendEmails));

        var row = await app.WithAsync((TrainingHubDb db) => db.OutgoingEmails.AsNoTracking().SingleAsync(one => one.Id == id, Ct));
        var after = await staff.GetAsync($"/staff/emails/{id}");

        Assert.Equal(HttpStatusCode.OK, before.Status);
        Assert.DoesNotContain(code, before.Text);
        Assert.DoesNotContain(code, after.Text);
        Assert.Equal((EmailState.Sent, null, null), (row.State, row.Model, row.SentText));
        Assert.Equal("My bookings", (await page.SubmitAsync(form => form["Code"] = code)).Heading);
        Assert.True(await app.WithAsync((TrainingHubDb db) => db.ConfirmedAddresses.AnyAsync(one => one.AddressHash == ConfirmedAddress.HashOf(email), Ct)));
    }

    [Fact]
    public async Task SignIn_WithAWayToGoOn_LeadsThereAndNeverToAnotherSite()
    {
        var (_, email) = await BookedAsync("to");
        var browser = app.Browse();
        var asked = await (await browser.GetAsync($"{PortalUrls.Training}?x=1")).SubmitAsync(form => form["Email"] = email);
        var code = await app.CodeAsync(email);

        Assert.StartsWith("/my/training", (await asked.SubmitAsync(form => form["Code"] = code)).Address, StringComparison.Ordinal);
        foreach (var hostile in (string[])["//evil.example", "https://evil.example", "/my/\\evil.example", "/staff"])
        {
            var page = await browser.GetAsync($"{PortalUrls.SignIn}?to={Uri.EscapeDataString(hostile)}");
            Assert.Equal(PortalUrls.Bookings, page.Address);
        }
    }

    private async Task<(string Reference, string Email)> BookedAsync(string name)
    {
        var world = await BookingWorld.MakeAsync(app.Database, app.Clock);
        var run = await app.Given.RunAsync(world.Course, app.Clock.Now.AddDays(30));
        await app.Given.SectorIdAsync();
        await app.Given.AreaIdAsync();
        var made = (await app.Given.PlacesAsync(run, new GivenDelegate("Ann Booker") { Email = $"{name}@code.example" }))[0];
        return (made.Booking.Reference, $"{name}@code.example");
    }

    private Task<int> CodesMailedAsync(string email) =>
        app.WithAsync((TrainingHubDb db) => db.OutgoingEmails.CountAsync(one => one.Kind == "sign-in-code" && one.ToAddress == email, Ct));

    // A third sign-in whose cookie is read off its answer.
    private async Task<string> CookieOfAsync(string email)
    {
        var page = await app.AskAsync(email);
        var code = await app.CodeAsync(email);
        using var client = app.CreateClient(new() { AllowAutoRedirect = false });
        var form = await new TestBrowser(client).GetAsync(page.Address);
        using var content = new FormUrlEncodedContent(form.Fields(fields => fields["Code"] = code));
        using var answer = await client.PostAsync(page.Address, content, Ct);
        return answer.Headers.GetValues("Set-Cookie").Single(cookie => cookie.StartsWith($"{SignedInAddress.Cookie}=", StringComparison.Ordinal)).Split(';')[0];
    }
}

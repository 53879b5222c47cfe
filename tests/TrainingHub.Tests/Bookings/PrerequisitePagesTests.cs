using TrainingHub.Bookings;
using TrainingHub.Catalogue;
using Xunit;

namespace TrainingHub.Tests.Bookings;

/// <summary>The question about the course to take before, on the pages of whoever books, over HTTP and without JavaScript.</summary>
public sealed class PrerequisitePagesTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task Book_NothingIsAsked_HasNoPageOfTheQuestion()
    {
        var asked = await AskedWorld.MakeAsync(app, PrerequisiteRule.Shown);
        var run = await asked.RunAsync();
        var browser = app.Browse();

        var organisation = await asked.World.ToOrganisationAsync(browser, run, "Ann Able|ann@r1.example");
        var away = await browser.GetAsync($"/dates/{run}/book/before");

        Assert.EndsWith("/organisation", organisation.Address, StringComparison.Ordinal);
        Assert.EndsWith("/organisation", away.Address, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Before_NotAnswered_IsAskedAtItsPlace()
    {
        var asked = await AskedWorld.MakeAsync(app, PrerequisiteRule.Asked);
        var page = await asked.World.ToOrganisationAsync(app.Browse(), await asked.RunAsync(), "Ann Able|ann@r2.example", "Ben Best|ben@r2.example");

        var refused = await page.SubmitAsync(form => form["Asked[0].Said"] = "Elsewhere");

        Assert.Equal("Courses to do first", page.Heading);
        Assert.Contains("Has Ann Able done Neglect: initial?", page.Main);
        Assert.Equal(["Say where and when Ann Able has done Neglect: initial", "Say whether Ben Best has done Neglect: initial"], refused.Errors);
        Assert.NotNull(refused.Find("[name='Asked[0].Said'][value='Elsewhere'][checked]"));
    }

    [Fact]
    public async Task Before_RequiredAndNotDone_LeadsToTheDatesOfTheOtherCourseAndKeepsAll()
    {
        var asked = await AskedWorld.MakeAsync(app, PrerequisiteRule.Required);
        var run = await asked.RunAsync();
        var browser = app.Browse();
        var page = await asked.World.ToOrganisationAsync(browser, run, "Ann Able|ann@r3.example", "Ben Best|ben@r3.example");

        var refused = await page.SubmitAsync(form =>
        {
            (form["Asked[0].Said"], form["Asked[0].When"], form["Asked[1].Said"]) = ("WithUs", "spring 2024", "NotYet");
        });
        var other = await refused.FollowAsync("See the dates of Neglect: initial");
        var skipped = await browser.GetAsync($"/dates/{run}/book/check");

        Assert.Equal(["Ben Best must do Neglect: initial first"], refused.Errors);
        Assert.Equal("spring 2024", refused.Find("[name='Asked[0].When']").GetAttribute("value"));
        Assert.Equal("Neglect: initial", other.Heading);
        Assert.EndsWith("/before", skipped.Address, StringComparison.Ordinal);
        Assert.Equal(0, await asked.World.PlacesTakenAsync(run));
    }

    [Fact]
    public async Task Before_Answered_IsShownBeforeConfirmingAndKept()
    {
        var asked = await AskedWorld.MakeAsync(app, PrerequisiteRule.Required);
        var run = await asked.RunAsync();
        var page = await asked.World.ToOrganisationAsync(app.Browse(), run, "Ann Able|ann@r4.example");

        var check = await ToCheckAsync(asked, await page.SubmitAsync(form => (form["Asked[0].Said"], form["Asked[0].Where"]) = ("Elsewhere", "Leeds, 2024")));
        var done = await check.SubmitAsync();

        Assert.Contains("Neglect: initial: Yes, elsewhere: Leeds, 2024", check.Main);
        Assert.Equal($"/dates/{run}/book/before", check.Find("a[href$='/before']").GetAttribute("href"));
        Assert.Equal("Booking confirmed", done.Heading);
        Assert.Equal(asked.Said(PrerequisiteSaid.Elsewhere, "Leeds, 2024"), await asked.AnswerAsync(run));
    }

    [Fact]
    public async Task Before_FirstAnswerForEverybody_AnswersForAll()
    {
        var asked = await AskedWorld.MakeAsync(app, PrerequisiteRule.Required);
        var page = await asked.World.ToOrganisationAsync(app.Browse(), await asked.RunAsync(), "Ann Able|ann@r5.example", "Ben Best|ben@r5.example", "Cai Cole|cai@r5.example");

        var empty = await page.SubmitAsync(button: "Give everybody else this answer");
        var copied = await empty.SubmitAsync(form => (form["Asked[0].Said"], form["Asked[0].When"]) = ("WithUs", "May 2024"), button: "Give everybody else this answer");
        var organisation = await copied.SubmitAsync();

        Assert.Equal(["Choose the first answer, then give it to everybody else"], empty.Errors);
        Assert.Equal("May 2024", copied.Find("[name='Asked[2].When']").GetAttribute("value"));
        Assert.EndsWith("/organisation", organisation.Address, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Book_NameChangedAfterwards_IsAskedAnewForThatPersonAlone()
    {
        var asked = await AskedWorld.MakeAsync(app, PrerequisiteRule.Asked);
        var run = await asked.RunAsync();
        var browser = app.Browse();
        var page = await asked.World.ToOrganisationAsync(browser, run, "Ann Able|ann@r6.example", "Ben Best|ben@r6.example");
        await page.SubmitAsync(form => (form["Asked[0].Said"], form["Asked[1].Said"]) = ("WithUs", "NotYet"));

        var again = await (await browser.GetAsync($"/dates/{run}/book")).SubmitAsync(form => form["People[1].Name"] = "Bob Bold");

        Assert.Equal("Courses to do first", again.Heading);
        Assert.NotNull(again.Find("[name='Asked[0].Said'][value='WithUs'][checked]"));
        Assert.Empty(again.All("[name='Asked[1].Said'][checked]"));
    }

    [Fact]
    public async Task Book_NobodyIsToldWhatTheRegistersSay()
    {
        var asked = await AskedWorld.MakeAsync(app, PrerequisiteRule.Required);
        var past = await app.Given.RunAsync(asked.Before.Id, app.Clock.Now.AddDays(-100));
        var place = (await app.Given.PlacesAsync(past, new GivenDelegate("Ann Able") { Email = "ann@r7.example" }))[0].Place;
        await app.Given.MarkAsync(place.Id, app.Clock.Now.AddDays(-99));

        var known = await asked.World.ToOrganisationAsync(app.Browse(), await asked.RunAsync(), "Ann Able|ann@r7.example");
        var unknown = await asked.World.ToOrganisationAsync(app.Browse(), await asked.RunAsync(), "Ann Able|other@r7.example");

        Assert.Equal(unknown.Main, known.Main);
    }

    [Fact]
    public async Task Names_RequiredAndNotDone_NamesNobodyAndKeepsWhatWasTyped()
    {
        var asked = await AskedWorld.MakeAsync(app, PrerequisiteRule.Required);
        var run = await asked.RunAsync();
        var browser = app.Browse();
        var organisation = await (await browser.GetAsync($"/dates/{run}/book")).SubmitAsync(form => form["Form.Later[0].Places"] = "1");
        var done = await (await ToCheckAsync(asked, organisation)).SubmitAsync();
        var names = await browser.GetAsync($"/bookings/{done.Address[^8..]}/names");

        var refused = await names.SubmitAsync(form => (form["People[0].Name"], form["People[0].Email"], form["People[0].Before.Said"]) = ("Ann Able", "ann@r8.example", "NotYet"));
        var named = await refused.SubmitAsync(form => (form["People[0].Before.Said"], form["People[0].Before.When"]) = ("WithUs", "2023"));

        Assert.Equal(["Ann Able must do Neglect: initial first"], refused.Errors);
        Assert.Equal("Ann Able", refused.Find("[name='People[0].Name']").GetAttribute("value"));
        Assert.Contains("1 person is named.", named.Main);
        Assert.Equal(asked.Said(PrerequisiteSaid.WithUs, "2023"), await asked.AnswerAsync(run));
    }

    [Fact]
    public async Task Swap_IsAskedOfTheNewPerson()
    {
        var asked = await AskedWorld.MakeAsync(app, PrerequisiteRule.Required);
        var run = await asked.RunAsync();
        var browser = app.Browse();
        var page = await asked.World.ToOrganisationAsync(browser, run, "Ann Able|ann@r9.example");
        var done = await (await ToCheckAsync(asked, await page.SubmitAsync(form => form["Asked[0].Said"] = "WithUs"))).SubmitAsync();
        var swap = await browser.GetAsync($"/bookings/{done.Address[^8..]}/swap?place={await asked.PlaceAsync(run)}");

        var open = await swap.SubmitAsync(form => (form["Form.Change"], form["Form.Name"], form["Form.Email"]) = ("another", "Ben Best", "ben@r9.example"));
        var refused = await open.SubmitAsync(form => form["Form.Before.Said"] = "NotYet");
        var swapped = await refused.SubmitAsync(form => form["Form.Before.Said"] = "BookedBefore");

        Assert.Equal(["Say whether Ben Best has done Neglect: initial"], open.Errors);
        Assert.Equal(["Ben Best must do Neglect: initial first"], refused.Errors);
        Assert.Contains("Ben Best now has the place of Ann Able.", swapped.Main);
        Assert.Equal(asked.Said(PrerequisiteSaid.BookedBefore), await asked.AnswerAsync(run));
    }

    private static async Task<TestPage> ToCheckAsync(AskedWorld asked, TestPage organisation)
    {
        var page = await organisation.Browser.EventuallyAsync(organisation.Address, asked.World.SectorName);
        return await (await page.SubmitAsync(asked.World.FillOrganisation)).SubmitAsync(form => (form["Form.By"], form["Form.InvoiceEmail"]) = ("Invoice", "finance@school.example"));
    }
}

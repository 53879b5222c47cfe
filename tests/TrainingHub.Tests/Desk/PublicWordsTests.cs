using AngleSharp.Dom;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;
using TrainingHub.Tests.People;
using TrainingHub.Tests.Platform.Web;
using Xunit;

namespace TrainingHub.Tests.Desk;

/// <summary>The words of public pages that are the partnership's: looked at, published, seen at once, put back; and the notice above them.</summary>
public sealed class PublicWordsTests(TestApp app) : IClassFixture<TestApp>
{
    public static TheoryData<string> Attacks => SafeMarkdownTests.Attacks;

    public static TheoryData<string> Texts => [.. SiteText.All.Select(text => text.Key)];

    [Fact]
    public async Task Text_PreviewThenPublish_IsSeenByVisitorsAtOnceAndKeptInHistory()
    {
        var visitor = app.Browse();
        Assert.Contains("Please arrive in time", (await visitor.GetAsync("/terms")).Main);
        var staff = await app.BrowseAsStaffAsync();
        var page = await (await (await (await staff.GetAsync("/staff/settings")).FollowAsync("Change Words of the public pages")).FollowAsync("Change Terms: on the day"))
            .SubmitAsync(form => form["Form.Body"] = "Come **early** to {partnership}.", button: "Preview");

        Assert.Contains("Come early to", page.All(".app-preview")[0]);
        Assert.Contains("Please arrive in time", (await staff.GetAsync("/terms")).Main);
        var saved = await page.SubmitAsync();

        Assert.Contains("Saved", saved.Main);
        Assert.Contains(saved.All(".app-history__entry"), entry => entry.Contains($"{SiteText.TermsDay.Standard} → Come **early** to {{partnership}}.", StringComparison.Ordinal));
        await visitor.EventuallyAsync("/terms", "Come early to");
    }

    [Fact]
    public async Task Text_StandardWordsPutBack_ArePreviewedAndThenFollowTheProgram()
    {
        var staff = await app.BrowseAsStaffAsync();
        var own = await (await staff.GetAsync("/staff/settings/texts/free-places-terms")).SubmitAsync(form => form["Form.Body"] = "Three places a year.");
        Assert.Contains("Your own words", (await staff.GetAsync("/staff/settings/texts")).Main);

        var preview = await own.SubmitAsync(button: "Put our standard words back");

        Assert.Contains(SiteText.FreePlacesTerms.Standard, preview.All(".app-preview")[0]);
        Assert.Contains("Three places a year.", (await staff.GetAsync("/free-places")).Main);
        var back = await preview.SubmitAsync();
        Assert.Contains("The words there now are our standard ones", back.Main);
        Assert.Contains(SiteText.FreePlacesTerms.Standard, (await staff.GetAsync("/free-places")).Main);
        Assert.Contains(back.All(".app-history__entry"), entry => entry.Contains($"Three places a year. → {SiteText.FreePlacesTerms.Standard}", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("See [this](javascript:alert(1))", "must start with https://")]
    [InlineData("![a](https://x.example/a.png)", "Pictures cannot be shown")]
    [InlineData("It costs {fee}.", "There is no field {fee}. The fields are {partnership}")]
    [InlineData("", "Write the words, or put our standard words back")]
    public async Task Text_WhatItMayNotContain_IsSaidAtItsPlaceAndKeepsWhatWasTyped(string typed, string said)
    {
        var staff = await app.BrowseAsStaffAsync();

        var page = await (await staff.GetAsync("/staff/settings/texts/privacy-basis")).SubmitAsync(form => form["Form.Body"] = typed);

        Assert.Contains(said, Assert.Single(page.Errors));
        Assert.Equal(typed, page.Find("#Form_Body").TextContent);
        Assert.Contains("Article 6(1)(e)", (await staff.GetAsync("/privacy")).Main);
    }

    [Theory]
    [InlineData(SiteText.Length + 1, "a")]
    [InlineData(2000, ">")]
    public async Task Text_TooLongOrTooDeep_IsRefused(int count, string sign)
    {
        var staff = await app.BrowseAsStaffAsync();

        var page = await (await staff.GetAsync("/staff/settings/texts/privacy-basis")).SubmitAsync(form => form["Form.Body"] = string.Concat(Enumerable.Repeat(sign, count)) + "a");

        Assert.NotEmpty(page.Errors);
    }

    [Theory, MemberData(nameof(Attacks))]
    public void Text_Attack_IsRefusedOrLeavesNothingThatActs(string attack)
    {
        var site = new SiteOptions { PartnershipName = "x", ContactEmail = "a@x.example", ContactPhone = attack, ContactHours = attack };

        foreach (var markdown in new[] { attack, "Call {phone} at {hours}" }.Where(one => SiteTexts.WhyNot(one, site) is null))
        {
            var page = new AngleSharp.Html.Parser.HtmlParser().ParseDocument($"<main>{SiteTexts.Html(site, markdown).Value}</main>").QuerySelector("main")!;
            Assert.DoesNotContain(page.QuerySelectorAll("*"), element => element.LocalName is "script" or "img" or "svg" or "iframe" or "style" or "form" or "input" or "div" or "math");
            Assert.DoesNotContain(page.QuerySelectorAll("*").SelectMany(element => element.Attributes), attribute => attribute.Name.StartsWith("on", StringComparison.Ordinal));
            Assert.All(page.QuerySelectorAll("a[href]"), link => Assert.Matches("^(https://|mailto:|tel:)", link.GetAttribute("href")!));
        }
    }

    [Fact]
    public void Field_WithSignsOfMarkdown_IsWordsAsTheyWereSettled()
    {
        var site = new SiteOptions { PartnershipName = "*A* [B](https://x.example) <b> `c`\n# D & E_F_", ContactEmail = "o'neil_b+c@x.example" };

        var page = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(SiteTexts.Html(site, "{partnership} {EMAIL}").Value!);

        Assert.Equal("*A* [B](https://x.example) <b> `c`, # D & E_F_ o'neil_b+c@x.example", page.Body!.TextContent.Trim());
        Assert.Equal("mailto:o'neil_b+c@x.example", Uri.UnescapeDataString(Assert.Single(page.QuerySelectorAll("a")).GetAttribute("href")!));
    }

    [Theory, MemberData(nameof(Texts))]
    public async Task Text_OfThePartnership_StandsOnItsPage(string key)
    {
        var text = SiteText.Find(key)!;
        var staff = await app.BrowseAsStaffAsync();
        Assert.Null(SiteTexts.WhyNot(text.Standard, new SiteOptions()));

        await (await staff.GetAsync($"/staff/settings/texts/{key}")).SubmitAsync(form => form["Form.Body"] = $"Words of our own for {key}");

        Assert.Contains($"Words of our own for {key}", (await staff.GetAsync(text.Page)).Main);
        await (await staff.GetAsync($"/staff/settings/texts/{key}")).SubmitAsync(form => form["Form.Body"] = text.Standard);
    }

    [Fact]
    public async Task Text_UnknownName_IsNotFound()
    {
        var staff = await app.BrowseAsStaffAsync();

        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await staff.GetAsync("/staff/settings/texts/nothing")).Status);
    }

    [Fact]
    public async Task Notice_UntilItsLastDay_IsAboveEveryPublicPage()
    {
        var visitor = app.Browse();
        Assert.Empty((await visitor.GetAsync("/contact")).All(".app-notice"));
        var staff = await app.BrowseAsStaffAsync();
        var last = London.DateOf(app.Clock.GetUtcNow()).AddDays(2);
        var page = await staff.GetAsync("/staff/settings/notice");
        var empty = await page.SubmitAsync(form => form["Form.Body"] = "The office is closed.");
        Assert.Contains("Enter the last day", Assert.Single(empty.Errors));
        var past = await page.SubmitAsync(form => Fill(form, "The office is closed.", last.AddDays(-3)));
        Assert.Contains("The last day must be from today", Assert.Single(past.Errors));
        var heading = await page.SubmitAsync(form => Fill(form, "# Closed", last));
        Assert.Contains("A notice has no headings", Assert.Single(heading.Errors));

        var preview = await page.SubmitAsync(form => Fill(form, "The office is **closed**.", last), button: "Preview");
        Assert.Contains("The office is closed.", preview.All(".app-preview")[0]);
        Assert.Empty((await staff.GetAsync("/contact")).All(".app-notice"));
        var saved = await preview.SubmitAsync();

        Assert.Contains(saved.All(".app-history__entry"), entry => entry.Contains("Notice: nothing → The office is **closed**.", StringComparison.Ordinal));
        Assert.Empty((await staff.GetAsync("/staff")).All(".app-notice"));
        await visitor.EventuallyAsync("/contact", "The office is closed.");
        Assert.Contains("The office is closed.", (await visitor.GetAsync("/no-such-page")).Text.Replace("<strong>", "").Replace("</strong>", ""));
        app.Clock.Advance(TimeSpan.FromDays(3));
        Assert.Empty((await staff.GetAsync("/contact")).All(".app-notice"));
        var removed = await (await (await app.BrowseAsStaffAsync()).GetAsync("/staff/settings/notice")).SubmitAsync(button: "Take the notice away");
        Assert.Contains("There is none now.", removed.Main);
    }

    private static void Fill(TestForm form, string body, DateOnly until)
    {
        (form["Form.Body"], form["Form.Until.Day"], form["Form.Until.Month"], form["Form.Until.Year"]) = (body, $"{until.Day}", $"{until.Month}", $"{until.Year}");
    }
}

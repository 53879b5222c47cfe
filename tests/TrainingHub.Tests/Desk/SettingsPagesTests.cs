using System.Net;
using System.Net.Http.Headers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TrainingHub.Attendance;
using TrainingHub.Catalogue;
using TrainingHub.Emails;
using TrainingHub.People;
using TrainingHub.Platform.Email;
using TrainingHub.Tests.People;
using TrainingHub.Tests.Platform.Email;
using TrainingHub.Tests.Platform.Web;
using Xunit;

namespace TrainingHub.Tests.Desk;

/// <summary>The pages on which the coordinator settles things.</summary>
public sealed class SettingsPagesTests(TestApp app) : IClassFixture<TestApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Partnership_Preview_ShowsAndSavesNothing_ThenSaveShowsEverywhere()
    {
        var staff = await app.BrowseAsStaffAsync();
        var page = await staff.GetAsync("/staff/settings/partnership");

        var preview = await page.SubmitAsync(form => form["Form.HomeHeading"] = "Training for all of Eastshire", button: "See how it looks");

        Assert.Contains("Training for all of Eastshire", preview.All(".app-preview")[0]);
        Assert.DoesNotContain("Eastshire", (await staff.GetAsync("/")).Text);
        var saved = await preview.SubmitAsync();
        Assert.Contains("Saved", saved.Main);
        Assert.Contains(saved.All(".app-history__entry"), entry => entry.Contains("Heading of the home page: Safeguarding training", StringComparison.Ordinal));
        Assert.Equal("Training for all of Eastshire", (await staff.GetAsync("/")).Heading);
    }

    [Fact]
    public async Task Partnership_WhatIsWrong_IsSaidAtItsFieldAndKeepsWhatWasTyped()
    {
        var staff = await app.BrowseAsStaffAsync();

        var page = await (await staff.GetAsync("/staff/settings/partnership")).SubmitAsync(form =>
        {
            form["Form.PartnershipName"] = "";
            form["Form.ContactEmail"] = "nobody";
            form["Form.ContactPhone"] = "by pigeon";
        });

        Assert.Equal(3, page.Errors.Count);
        Assert.Equal("by pigeon", page.Find("#Form_ContactPhone").GetAttribute("value"));
    }

    [Fact]
    public async Task Deadlines_DaysThatAreNone_AreRefused()
    {
        var staff = await app.BrowseAsStaffAsync();

        var page = await (await staff.GetAsync("/staff/settings/deadlines")).SubmitAsync(form => form["Form.RemindDaysBefore"] = "7, soon");

        Assert.Contains("Enter days before the course", Assert.Single(page.Errors));
    }

    [Fact]
    public async Task Look_ColoursAndLogo_AreServedToVisitorsAndKept()
    {
        var staff = await app.BrowseAsStaffAsync();
        var page = await staff.GetAsync("/staff/settings/look");
        var refused = await page.SubmitAsync(form => form["Form.ActionColour"] = "#88aaff");
        Assert.Contains(":1. It has to be at least 4.5:1", Assert.Single(refused.Errors));

        var look = await page.SubmitAsync(form => form["Form.ActionColour"] = "#0b3d91", button: "See how it looks");
        Assert.Contains("--app-action:#0b3d91", (await staff.GetAsync(look.Find("link[href*='look.css']").GetAttribute("href")!)).Text);
        Assert.Equal(HttpStatusCode.NotFound, (await app.Browse().GetAsync("/brand.css")).Status);

        var saved = await SaveLookAsync(staff, page);

        Assert.Contains("→ PNG, 64 by 32 pixels, 1 KB", saved.Main);
        var home = await staff.GetAsync("/");
        var sheet = await app.Browse().GetAsync(home.Find("link[href*='brand.css']").GetAttribute("href")!);
        Assert.Contains("--app-action:#0b3d91", sheet.Text);
        Assert.Contains("immutable", sheet.Response.Headers.CacheControl?.ToString());
        var logo = await app.Browse().GetAsync(home.Find("img.app-top__logo").GetAttribute("src")!);
        Assert.Equal("image/png", logo.Response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Deadlines_SharesOfAnOnlineCourse_ArePutToWorkAndInTheirOrder()
    {
        var staff = await app.BrowseAsStaffAsync();
        var page = await staff.GetAsync("/staff/settings/deadlines");
        var refused = await page.SubmitAsync(form => (form["Form.AttendedPercent"], form["Form.PartPercent"]) = ("40", "60"));
        Assert.Contains("cannot be more than the share for attended", Assert.Single(refused.Errors));

        var saved = await page.SubmitAsync(form => (form["Form.AttendedPercent"], form["Form.PartPercent"]) = ("90", "50"));

        Assert.Contains("Share of an online course that counts as attended: 80 → 90", saved.Main);
        var rule = app.Services.GetRequiredService<IOptions<AttendanceOptions>>().Value;
        Assert.Equal((Mark.Part, Mark.Attended), (rule.Propose(85), rule.Propose(90)));
    }

    [Fact]
    public async Task Partnership_RetentionAndReview_StandInTheNotices()
    {
        var staff = await app.BrowseAsStaffAsync();
        var page = await staff.GetAsync("/staff/settings/partnership");
        var future = await page.SubmitAsync(form => form["Form.AccessibilityReviewedOn.Year"] = "2090");
        Assert.Contains("cannot be in the future", Assert.Single(future.Errors));

        await page.SubmitAsync(form =>
        {
            form["Form.ContactsKeptMonths"] = "18";
            (form["Form.AccessibilityReviewedOn.Day"], form["Form.AccessibilityReviewedOn.Month"], form["Form.AccessibilityReviewedOn.Year"]) = ("2", "5", "2026");
        });

        Assert.Contains("18 months after the contract ends", (await staff.GetAsync("/privacy")).Main);
        Assert.Contains("last reviewed on 2 May 2026", (await staff.GetAsync("/accessibility")).Main);
    }

    [Fact]
    public async Task Look_LogoThatIsLookedAt_IsSavedWithoutBeingChosenAgain()
    {
        var staff = await app.BrowseAsStaffAsync();
        var preview = await SendLookAsync(staff, await staff.GetAsync("/staff/settings/look"), LookTests.Jpeg(120, 60), act: "preview");
        var seen = await staff.GetAsync(preview.Find(".app-preview img").GetAttribute("src")!);
        Assert.Equal("image/jpeg", seen.Response.Content.Headers.ContentType?.MediaType);
        Assert.DoesNotContain("JPEG, 120 by 60", (await staff.GetAsync("/staff/settings/look")).Main);

        var saved = await preview.SubmitAsync();

        Assert.Contains(saved.All(".app-history__entry"), entry => entry.Contains("JPEG, 120 by 60 pixels", StringComparison.Ordinal));
        Assert.Equal("image/jpeg", (await app.Browse().GetAsync((await staff.GetAsync("/")).Find("img.app-top__logo").GetAttribute("src")!)).Response.Content.Headers.ContentType?.MediaType);
        var again = await preview.SubmitAsync();
        Assert.Contains("Choose the logo again", Assert.Single(again.Errors));
        await (await staff.GetAsync("/staff/settings/look")).SubmitAsync(form => (form["Form.ActionColour"], form["Form.WithoutLogo"]) = ("", "true"));
    }

    [Fact]
    public async Task Look_FileThatIsNoPicture_IsRefusedAtItsField()
    {
        var staff = await app.BrowseAsStaffAsync();

        var page = await SendLookAsync(staff, await staff.GetAsync("/staff/settings/look"), "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"u8.ToArray(), act: null);

        Assert.Contains("SVG too, are not taken", Assert.Single(page.Errors));
    }

    [Fact]
    public async Task Look_ColourOfButtons_IsThatOfEmailsToo()
    {
        var staff = await app.BrowseAsStaffAsync();
        await (await staff.GetAsync("/staff/settings/look")).SubmitAsync(form => (form["Form.BrandColour"], form["Form.ActionColour"]) = ("#123456", "#7a1f1f"));

        await using var renderer = new EmailRenderer(app.Services.GetRequiredService<Func<EmailBrand>>());
        var (html, _) = await renderer.RenderAsync(EmailSamples.All.OfType<SurveyInvitationEmail>().First());

        Assert.Contains("bgcolor=\"#123456\"", html);
        Assert.Contains("bgcolor=\"#7a1f1f\"", html);
        Assert.DoesNotContain("#0b5a60", html);
        await (await staff.GetAsync("/staff/settings/look")).SubmitAsync(form => (form["Form.BrandColour"], form["Form.ActionColour"]) = ("", ""));
    }

    [Fact]
    public async Task Lists_NameThatIsArchived_IsOfferedToNobodyAndStaysWhereItWasUsed()
    {
        var staff = await app.BrowseAsStaffAsync();
        var list = await (await (await staff.GetAsync("/staff/settings/lists/sectors")).FollowAsync("Add a sector")).SubmitAsync(form => form["Form.Name"] = "Fire and rescue");
        var again = await (await list.FollowAsync("Add a sector")).SubmitAsync(form => form["Form.Name"] = "fire and RESCUE");
        Assert.Contains("on the list already", Assert.Single(again.Errors));

        var renamed = await (await list.FollowAsync("Fire and rescue")).SubmitAsync(form => form["Form.Name"] = "Fire service");
        var archived = await (await renamed.FollowAsync("Fire service")).SubmitAsync(selector: "form[action*='handler=Archive']");

        Assert.Contains("Fire service Archived", archived.Main);
        var known = await app.WithAsync((TrainingHubDb db) => db.Sectors.SingleAsync(sector => sector.Name == "Fire service", Ct));
        Assert.NotNull(known.ArchivedAt);
        Assert.Equal(["Added", "Archived", "Changed"], (await staff.GetAsync($"/staff/settings/lists/sectors/{known.Id}")).All(".app-history__entry strong").Order());
    }

    [Fact]
    public async Task Lists_MovedUp_StandsBeforeTheOther()
    {
        var staff = await app.BrowseAsStaffAsync();
        var list = await staff.GetAsync("/staff/settings/lists/areas");
        var second = list.All("tbody th")[1];

        var moved = await list.SubmitAsync(selector: "tbody tr:nth-child(2) form");

        Assert.Equal(second, moved.All("tbody th")[0]);
    }

    [Fact]
    public async Task Area_OfAnyNameThatStandsForAll_HasItsDatesFoundInEach()
    {
        var place = await app.Given.AreaAsync("Northshire");
        var everywhere = await app.Given.AreaAsync("The whole county");
        await app.WithAsync((TrainingHubDb context) => context.Areas.Where(area => area.Id == everywhere.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(area => area.Kind, AreaKind.Everywhere), Ct));
        var course = await app.Given.CourseAsync("Held for everybody", CourseLength.HalfDay, pricePence: 5500);
        var run = await app.Given.RunAsync(course.Id, new DateOnly(2026, 12, 8));
        await app.WithAsync((TrainingHubDb context) => context.CourseRuns.Where(one => one.Id == run.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.AreaId, everywhere.Id), Ct));

        var staff = await app.BrowseAsStaffAsync();

        // The database tells the page cache a moment later.
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        limit.CancelAfter(TimeSpan.FromSeconds(10));
        while (!(await staff.GetAsync($"/courses?area={place.Name}")).Main.Contains(course.Title, StringComparison.Ordinal))
        {
            await Task.Delay(20, limit.Token);
        }

        Assert.DoesNotContain("The whole county", (await staff.GetAsync("/courses")).All("#area option"));
    }

    private static Task<TestPage> SaveLookAsync(TestBrowser staff, TestPage page) => SendLookAsync(staff, page, LookTests.Png(64, 32), act: null);

    private static async Task<TestPage> SendLookAsync(TestBrowser staff, TestPage page, byte[] logo, string? act)
    {
        using var form = new MultipartFormDataContent();
        if (act is not null)
        {
            form.Add(new StringContent(act), "act");
        }

        foreach (var (name, value) in page.Fields(fields => fields["Form.ActionColour"] = "#0b3d91").Where(field => field.Key != "Form.Logo"))
        {
            form.Add(new StringContent(value), name);
        }

        var file = new ByteArrayContent(logo);
        file.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        form.Add(file, "Form.Logo", "logo.png");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/staff/settings/look") { Content = form };
        return await staff.SendAsync(request);
    }
}

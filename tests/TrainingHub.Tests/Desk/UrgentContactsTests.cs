using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TrainingHub.Emails;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Web;
using TrainingHub.Tests.People;
using TrainingHub.Tests.Platform.Email;
using Xunit;

namespace TrainingHub.Tests.Desk;

/// <summary>Whom to call when a child may be at risk: several contacts, each to be dialled, wherever the site says whom to call.</summary>
public sealed class UrgentContactsTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task Contacts_Several_ArePreviewedAndStandOnPagesAndInEmails()
    {
        var visitor = app.Browse();
        await visitor.GetAsync("/contact");
        var staff = await app.BrowseAsStaffAsync();
        var page = await (await staff.GetAsync("/staff/settings")).FollowAsync("Change Worried about a child: whom to call");

        var preview = await page.SubmitAsync(Three, button: "See how it looks");

        Assert.Contains("Night duty team", preview.All(".app-preview")[0]);
        Assert.DoesNotContain("Night duty team", (await staff.GetAsync("/contact")).Main);
        var saved = await preview.SubmitAsync();
        Assert.Contains(saved.All(".app-history__entry"), entry => entry.Contains("→ First response: 01632 960 300 (weekdays 9am to 5pm); Night duty team: 0800 1111 (nights and weekends)", StringComparison.Ordinal));
        await visitor.EventuallyAsync("/contact", "Night duty team");
        foreach (var address in new[] { "/contact", "/privacy" })
        {
            var links = (await visitor.GetAsync(address)).Document.QuerySelectorAll("main a[href^='tel:']").Select(link => link.GetAttribute("href"));
            Assert.Equal(["tel:999", "tel:01632960300", "tel:08001111", "tel:01632960302"], links);
        }

        var (html, text) = await InvitationAsync();
        Assert.Contains("In an emergency call 999.", text);
        Assert.Contains("Night duty team: 0800 1111 (nights and weekends)", text);
        Assert.Contains("Helpline: 01632 960 302 (at any time, children in the north)", text);
        Assert.Contains("href=\"tel:08001111\"", html);
    }

    [Fact]
    public async Task Contacts_WhatIsWrong_IsSaidAtItsFieldAndKeepsWhatWasTyped()
    {
        var staff = await app.BrowseAsStaffAsync();

        var page = await (await staff.GetAsync("/staff/settings/urgent")).SubmitAsync(form =>
        {
            (form["Form.Contacts[0].Name"], form["Form.Contacts[0].Phone"], form["Form.Contacts[0].When"]) = ("Duty team", "01632 960 300 option 2", "by day");
            (form["Form.Contacts[1].Name"], form["Form.Contacts[1].Phone"], form["Form.Contacts[1].When"]) = ("", "01632 960 301", "");
            form["Form.LeadEmail"] = "nobody";
        });

        Assert.Equal(4, page.Errors.Count);
        Assert.Contains(page.Errors, error => error.Contains("Enter one UK number as it is dialled", StringComparison.Ordinal));
        Assert.Contains("Enter who answers", page.Errors);
        Assert.Contains("Enter when they answer", page.Errors);
        Assert.Equal("01632 960 300 option 2", page.Find("#Form_Contacts_0__Phone").GetAttribute("value"));
    }

    [Fact]
    public async Task Contacts_AllTakenAway_IsRefused()
    {
        var staff = await app.BrowseAsStaffAsync();

        var open = await staff.GetAsync("/staff/settings/urgent");
        var page = await open.SubmitAsync(form =>
        {
            foreach (var box in open.Document.QuerySelectorAll("input[name^='Form.Contacts']"))
            {
                form[box.GetAttribute("name")!] = "";
            }
        });

        Assert.Contains("Name from 1 to 6 contacts", Assert.Single(page.Errors));
        Assert.NotEmpty(app.Services.GetRequiredService<IOptions<SiteOptions>>().Value.Urgent);
    }

    [Fact]
    public void Contacts_OfTheConfiguration_StandUntilAnythingIsSettled()
    {
        var site = new SiteOptions { SafeguardingPhone = "01632 960 120", SafeguardingPhoneOutOfHours = "01632 960 199" };

        Assert.Equal(["01632 960 120 (in working hours)", "01632 960 199 (at any other time)"], site.Urgent.Select(one => one.Words));
    }

    private async Task<(string Html, string Text)> InvitationAsync()
    {
        await using var renderer = new EmailRenderer(app.Services.GetRequiredService<Func<EmailBrand>>());
        return await renderer.RenderAsync(EmailSamples.All.OfType<SurveyInvitationEmail>().First());
    }

    private static void Three(TestForm form)
    {
        (form["Form.Contacts[0].Name"], form["Form.Contacts[0].Phone"], form["Form.Contacts[0].When"]) = ("First response", "01632 960 300", "weekdays 9am to 5pm");
        (form["Form.Contacts[1].Name"], form["Form.Contacts[1].Phone"], form["Form.Contacts[1].When"]) = ("Night duty team", "0800 1111", "nights and weekends");
        (form["Form.Contacts[2].Name"], form["Form.Contacts[2].Phone"], form["Form.Contacts[2].When"]) = ("Helpline", "01632 960 302", "at any time");
        form["Form.Contacts[2].ForWhom"] = "children in the north";
    }
}

using System.Net;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Attendance;
using TrainingHub.Bookings;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Portal;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Portal;

/// <summary>Who looks after the training of an organisation: what they see of it, what they never see, and how the right comes and goes.</summary>
public sealed class OrganisationLeadTests(TestApp app) : IClassFixture<TestApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private DateOnly Today => London.DateOf(app.Clock.Now);

    [Fact]
    public async Task Year_OfTheirOrganisation_ShowsPeopleCoursesSpendAndNothingOfOthers()
    {
        var (hill, vale) = (await OrganisationAsync("Hill School"), await OrganisationAsync("Vale School"));
        var (neglect, ended) = (await RunAsync("Neglect", 10), await RunAsync("Thresholds", -10));
        await app.Given.PlacesAsync(neglect, For("Ann Ames", hill) with { AccessNeeds = "Step-free", PricePence = 5500, Method = PaymentMethod.Invoice });
        var attended = await app.Given.PlacesAsync(ended, For("Ann Ames", hill) with { PricePence = 5500, Method = PaymentMethod.Invoice }, For("Tom Tate", hill) with { Method = PaymentMethod.FreePlace });
        await app.Given.PlacesAsync(neglect, For("Vera Vale", vale));
        await app.Given.PlacesAsync(await RunAsync("Neglect", -400), For("Ann Ames", hill) with { PricePence = 5000, Method = PaymentMethod.Invoice });
        await app.Given.MarkAsync(attended[0].Place.Id, app.Clock.Now);
        await app.Given.MarkAsync(attended[1].Place.Id, app.Clock.Now, Mark.Absent);
        await app.Given.LeadAsync(hill.Id, "lead@hill.example");

        var page = await app.SignInByCodeAsync("lead@hill.example");
        var before = await page.SubmitAsync(form => form["Year"] = "2025/26", selector: "main form[role=search]");
        var file = await page.Browser.GetAsync($"{PortalUrls.Organisation(hill.Id)}?file=csv");

        Assert.Equal($"{hill.Name}: training in 2026/27", page.Heading);
        Assert.Equal(["2 people", "1 place attended", "1 booked", "1 did not attend", "1 free place used", "£110.00 for this year’s places"], page.All(".app-figure"));
        Assert.Contains("To pay now, for any year: £160.00", page.Main);
        Assert.Contains($"Neglect, {London.Words(neglect.RunsOn)} Booked", page.Main);
        Assert.Contains($"Thresholds, {London.Words(ended.RunsOn)} Did not attend", page.Main);
        Assert.Contains("booked by Bea Booker", page.Main);
        Assert.DoesNotContain("Step-free", page.Text + file.Text);
        Assert.DoesNotContain("Vera", page.Text + file.Text);
        Assert.DoesNotContain("Tom Tate", before.Main);
        Assert.Equal(4, file.Text.Trim().Split('\n').Length);
        Assert.Equal(HttpStatusCode.NotFound, (await page.Browser.GetAsync(PortalUrls.Organisation(vale.Id))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await page.Browser.GetAsync(BookingUrls.Manage(attended[0].Booking.Reference))).Status);
    }

    [Fact]
    public async Task Staff_AddAndRemoveALead_WhoIsToldAndSeesItOnlyMeanwhile()
    {
        var organisation = await OrganisationAsync("Dale School");
        var staff = await app.BrowseAsStaffAsync();
        var page = await staff.GetAsync($"/staff/organisations/{organisation.Id}");

        var wrong = await page.SubmitAsync(form => form["leadEmail"] = "dale", button: "Add the training lead");
        var added = await wrong.SubmitAsync(form => form["leadEmail"] = "Lead@dale.example", button: "Add the training lead");
        var twice = await added.SubmitAsync(form => form["leadEmail"] = "lead@dale.example", button: "Add the training lead");
        var lead = await app.SignInByCodeAsync("lead@dale.example");
        var removed = await added.SubmitAsync(button: "Remove lead@dale.example");

        Assert.Equal("Enter one email address, like name@example.org", Assert.Single(wrong.Errors));
        Assert.Contains("can see the training of the organisation from now on", added.Main);
        Assert.Equal("This address is in the list already", Assert.Single(twice.Errors));
        Assert.Equal($"{organisation.Name}: training in 2026/27", lead.Heading);
        Assert.Contains("Training lead added", removed.Main);
        Assert.Contains("Training lead removed", removed.Main);
        Assert.Equal(HttpStatusCode.NotFound, (await lead.Browser.GetAsync(PortalUrls.Organisation(organisation.Id))).Status);
        Assert.Equal(1, await app.WithAsync((TrainingHubDb db) => db.OutgoingEmails.CountAsync(one => one.Kind == "training-lead" && one.ToAddress == "Lead@dale.example", Ct)));
    }

    [Fact]
    public async Task Invite_AColleague_WaitsUntilTheyAcceptAndCanBeDeclined()
    {
        var organisation = await OrganisationAsync("Moor School");
        await app.Given.LeadAsync(organisation.Id, "lead@moor.example");
        await app.Given.PlacesAsync(await RunAsync("Neglect", 10), For("Gus Guest", organisation) with { Email = "gus@gmail.com" });
        var page = await app.SignInByCodeAsync("lead@moor.example");

        var foreign = await InviteAsync(page, "somebody@gmail.com");
        var known = await InviteAsync(page, "gus@gmail.com");
        var invited = await InviteAsync(page, "Pat@moor.example");
        var colleague = await app.SignInByCodeAsync("pat@moor.example");
        var tooEarly = await colleague.Browser.GetAsync(PortalUrls.Organisation(organisation.Id));
        var accepted = await colleague.SubmitAsync(button: $"Accept the invitation of {organisation.Name}");
        var gus = await (await (await app.SignInByCodeAsync("gus@gmail.com")).Browser.GetAsync(PortalUrls.Bookings)).SubmitAsync(button: $"Decline the invitation of {organisation.Name}");

        Assert.StartsWith("You can invite colleagues at your own domain", Assert.Single(foreign.Errors), StringComparison.Ordinal);
        Assert.Contains("gus@gmail.com is invited by email", known.Main);
        Assert.Contains("Invited, has not accepted yet", invited.Main);
        Assert.Equal(HttpStatusCode.NotFound, tooEarly.Status);
        Assert.Equal($"{organisation.Name}: training in 2026/27", accepted.Heading);
        Assert.Contains("You have declined the invitation.", gus.Main);
        Assert.Equal(["lead@moor.example", "pat@moor.example"], await LeadsAsync(organisation.Id));
    }

    [Fact]
    public async Task Merge_OrganisationsWithLeads_LeavesEachAddressOnceWithItsRight()
    {
        var (kept, gone) = (await OrganisationAsync("Fell School"), await OrganisationAsync("Fell Primary"));
        await app.Given.LeadAsync(gone.Id, "lead@fell.example");
        await app.WithAsync((KeepLeads leads) => leads.InviteAsync(kept.Id, "lead@fell.example", Ct));
        await app.Given.LeadAsync(gone.Id, "other@fell.example");

        await app.WithAsync((MergeOrganisations merge) => merge.RunAsync(kept.Id, [gone.Id], Actor.CommandLine, Ct));

        Assert.Equal(["lead@fell.example", "other@fell.example"], await LeadsAsync(kept.Id));
        Assert.Empty(await LeadsAsync(gone.Id));
        Assert.Equal($"{kept.Name}: training in 2026/27", (await app.SignInByCodeAsync("lead@fell.example")).Heading);
    }

    private static GivenDelegate For(string name, Organisation organisation) => new(name) { For = organisation, BookedBy = $"office@{organisation.NameKey.Replace(' ', '-')}.example" };

    private async Task<TestPage> InviteAsync(TestPage page, string email) =>
        await (await page.Browser.GetAsync(page.Address)).SubmitAsync(form => form["Invited"] = email, button: "Send the invitation");

    private Task<List<string>> LeadsAsync(Guid organisation) => app.WithAsync((TrainingHubDb db) =>
        db.OrganisationLeads.Where(lead => lead.OrganisationId == organisation && lead.AcceptedAt != null).OrderBy(lead => lead.Email).Select(lead => lead.Email).ToListAsync(Ct));

    private async Task<TrainingHub.Catalogue.CourseRun> RunAsync(string title, int days)
    {
        await app.Given.SectorIdAsync();
        await app.Given.AreaIdAsync();
        return await app.Given.RunAsync((await app.Given.CourseAsync(title)).Id, Today.AddDays(days));
    }

    private Task<Organisation> OrganisationAsync(string name) => app.Given.OrganisationAsync($"{name} {Guid.NewGuid():N}"[..24], isApproved: true);
}

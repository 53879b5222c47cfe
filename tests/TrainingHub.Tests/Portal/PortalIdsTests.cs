using System.Net;
using System.Text.RegularExpressions;
using TrainingHub.Platform;
using TrainingHub.Portal;
using TrainingHub.Tests.Bookings;
using TrainingHub.Tests.House;
using Xunit;

namespace TrainingHub.Tests.Portal;

/// <summary>
/// Two who each booked, are booked and look after an organisation try each other's ids while signed in: on every page that signing in opens,
/// and on every page that a private link opens, with every handler. The answer is the same 404, to the letter, as for an id that there is not.
/// </summary>
public sealed partial class PortalIdsTests(UnlimitedApp app) : IClassFixture<UnlimitedApp>
{
    private sealed record Owner(string Reference, Guid Place, Guid Person, Guid Organisation, Guid Lead, Guid Invitation, TestBrowser Browser, string Token);

    private sealed record Asked(string Reference, Guid Place, Guid Person, Guid Organisation, Guid Lead, Guid Invitation)
    {
        public static Asked Nobody => new(Reference: TrainingHub.Platform.Reference.New(), Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SignedInPages_IdsOfSomebodyElseAndOfNobody_AnswerAlike()
    {
        var (one, other) = (await OwnerAsync("one"), await OwnerAsync("other"));
        var pages = (await RouteWorld.PagesAsync(app)).Where(page =>
            (AccessMatrix.Routes.GetValueOrDefault(page.Pattern) is Access.ByCode or Access.PrivateLink) && Ids().IsMatch(page.Pattern) && !page.Pattern.Contains("token", StringComparison.Ordinal)
            && !page.Pattern.StartsWith("survey/", StringComparison.Ordinal) && !page.Pattern.StartsWith("choose-password", StringComparison.Ordinal)).ToList();
        List<string> faults = [];
        foreach (var (mine, theirs) in new[] { (one, other), (other, one) })
        {
            Assert.Equal(HttpStatusCode.OK, (await mine.Browser.GetAsync($"/bookings/{mine.Reference}")).Status);
            Assert.Equal(HttpStatusCode.OK, (await mine.Browser.GetAsync($"/places/{mine.Place}")).Status);
            Assert.Equal(HttpStatusCode.OK, (await mine.Browser.GetAsync(PortalUrls.TrainingOf(mine.Person))).Status);
            Assert.Equal(HttpStatusCode.OK, (await mine.Browser.GetAsync(PortalUrls.Organisation(mine.Organisation))).Status);
            foreach (var page in pages)
            {
                await CompareAsync($"GET {page.Pattern}", asked => mine.Browser.GetAsync(Address(page.Pattern, asked)), theirs, isMissing: true, faults);
                // To forget is to sign out, whatever was asked for.
                foreach (var handler in page.Handlers.Where(handler => handler is not "Forget"))
                {
                    await CompareAsync($"POST {page.Pattern} {handler}", asked => mine.Browser.PostAsync($"{Address(page.Pattern, asked)}?handler={handler}", Fields(mine, asked)), theirs, isMissing: true, faults);
                }
            }

            foreach (var handler in (string[])["SendLink", "Accept", "Decline"])
            {
                await CompareAsync($"POST my/bookings {handler}", asked => mine.Browser.PostAsync($"{PortalUrls.Bookings}?handler={handler}", Fields(mine, asked)), theirs, isMissing: true, faults);
            }

            // One's own organisation, with somebody else's lead in the form.
            await CompareAsync("POST own organisation", asked => mine.Browser.PostAsync($"{PortalUrls.Organisation(mine.Organisation)}?handler=Remove", Fields(mine, asked)), theirs, isMissing: false, faults);
        }

        Assert.True(pages.Count >= 12, $"{pages.Count} pages were tried");
        Verdict.NoFaults(faults.Distinct());
        Assert.Equal(4, await app.WithAsync((TrainingHubDb db) => Task.FromResult(db.OrganisationLeads.Count())));
    }

    [Fact]
    public async Task SignedInPages_WithoutSigningIn_LeadToTheCode()
    {
        foreach (var route in AccessMatrix.Routes.Where(route => route.Value == Access.ByCode))
        {
            var page = await app.Browse().GetAsync(AccessMatrix.Example(route.Key));

            Assert.Equal("Find your bookings", page.Heading);
            Assert.Contains("to=%2Fmy%2F", page.Address);
        }
    }

    private static async Task CompareAsync(string what, Func<Asked, Task<TestPage>> ask, Owner theirs, bool isMissing, List<string> faults)
    {
        var (known, none) = (new Asked(theirs.Reference, theirs.Place, theirs.Person, theirs.Organisation, theirs.Lead, theirs.Invitation), Asked.Nobody);
        var (foreign, unknown) = (await ask(known), await ask(none));
        if (foreign.Status != unknown.Status || Plain(foreign, known) != Plain(unknown, none))
        {
            faults.Add($"{what}: {(int)foreign.Status} {foreign.Heading} for somebody else's, {(int)unknown.Status} {unknown.Heading} for none");
        }
        else if (isMissing && foreign.Status != HttpStatusCode.NotFound)
        {
            faults.Add($"{what}: {(int)foreign.Status} {foreign.Heading}");
        }
    }

    private static string Plain(TestPage page, Asked asked) =>
        new[] { asked.Reference, $"{asked.Place}", $"{asked.Person}", $"{asked.Organisation}" }.Aggregate(
            Secret().Replace(page.Text, ""), (text, id) => text.Replace(id, "", StringComparison.OrdinalIgnoreCase));

    private static string Address(string pattern, Asked asked) => "/" + pattern.Replace("{reference}", asked.Reference, StringComparison.Ordinal)
        .Replace("{place:guid}", $"{asked.Place}", StringComparison.Ordinal).Replace("{handler?}", "", StringComparison.Ordinal)
        .Replace("{id:guid}", $"{(pattern.Contains("organisations", StringComparison.Ordinal) ? asked.Organisation : asked.Person)}", StringComparison.Ordinal);

    private static Dictionary<string, string> Fields(Owner mine, Asked asked) => new()
    {
        ["__RequestVerificationToken"] = mine.Token,
        ["reference"] = asked.Reference,
        ["key"] = $"{Guid.CreateVersion7()}",
        ["lead"] = $"{asked.Lead}",
        ["invitation"] = $"{asked.Invitation}",
        ["Invited"] = "sam@stray.example",
        ["place"] = $"{asked.Place}",
        ["Places"] = $"{asked.Place}",
        ["Form.Places"] = $"{asked.Place}",
        ["Form.PlaceId"] = $"{asked.Place}",
        ["Form.Name"] = "Sam Stray",
        ["Form.Email"] = "sam@stray.example",
    };

    private async Task<Owner> OwnerAsync(string name)
    {
        await app.Given.SectorIdAsync();
        await app.Given.AreaIdAsync();
        var email = $"{name}@portal.example";
        var organisation = await app.Given.OrganisationAsync($"School of {name}", isApproved: true);
        var run = await app.Given.RunAsync((await app.Given.CourseAsync()).Id, London.DateOf(app.Clock.Now).AddDays(20));
        var made = (await app.Given.PlacesAsync(run, new GivenDelegate($"Person {name}") { Email = email, For = organisation }))[0];
        var lead = await app.Given.LeadAsync(organisation.Id, email);
        await app.WithAsync((TrainingHub.People.KeepLeads leads) => leads.InviteAsync(organisation.Id, $"colleague@{name}.example", Ct));
        var invitation = await app.WithAsync((TrainingHubDb db) => Task.FromResult(db.OrganisationLeads.Single(one => one.OrganisationId == organisation.Id && one.AcceptedAt == null).Id));
        var page = await app.SignInByCodeAsync(email);
        var form = await page.Browser.GetAsync(PortalUrls.SignOut);
        return new(
            made.Booking.Reference, made.Place.Id, made.Person.Id, organisation.Id, lead.Id, invitation, page.Browser,
            form.Find("input[name=__RequestVerificationToken]").GetAttribute("value")!);
    }

    [GeneratedRegex(@"\{(reference|place|id)")]
    private static partial Regex Ids();

    [GeneratedRegex("name=\"(__RequestVerificationToken|Form.Key|Key|key)\"[^>]*>")]
    private static partial Regex Secret();
}

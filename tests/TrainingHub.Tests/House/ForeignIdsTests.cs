using System.Net;
using System.Text.RegularExpressions;
using TrainingHub.Bookings;
using TrainingHub.Payments;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Surveys;
using TrainingHub.Tests.Bookings;
using Xunit;

namespace TrainingHub.Tests.House;

/// <summary>The demonstration without limits on how often one visitor may try.</summary>
public sealed class UnlimitedApp(TestDatabase databases) : TestApp(databases, DemoEnvironment.Name, "RateLimits:Enabled", "false");

/// <summary>
/// Two bookers and two delegates, each with a private link of their own, try each other's ids on every page and with every handler that a private
/// link opens: in the path, in the query and in the form. The answer is the same 404, to the letter, as for an id that there is not.
/// Trainers do so in DoorTests, learning groups in StaffRolesTests, whoever has a passkey in PasskeyTests.
/// </summary>
public sealed partial class ForeignIdsTests(UnlimitedApp app) : IClassFixture<UnlimitedApp>
{
    private sealed record Owner(string Reference, Guid Place, TestBrowser Browser, string Token);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task PrivatePages_IdsOfSomebodyElseAndOfNobody_AnswerAlike()
    {
        var (one, other) = (await BookerAsync("ann"), await BookerAsync("ben"));
        var pages = (await RouteWorld.PagesAsync(app)).Where(page => AccessMatrix.Routes.GetValueOrDefault(page.Pattern) == Access.PrivateLink && Ids().IsMatch(page.Pattern)).ToList();
        List<string> faults = [];
        foreach (var (mine, theirs) in new[] { (one, other), (other, one) })
        {
            foreach (var page in pages)
            {
                await CompareAsync($"GET {page.Pattern}", id => mine.Browser.GetAsync(Address(page.Pattern, id)), theirs, isMissing: true, faults);
                foreach (var handler in page.Handlers)
                {
                    await CompareAsync(
                        $"POST {page.Pattern} {handler}", id => mine.Browser.PostAsync($"{Address(page.Pattern, id)}?handler={handler}", Fields(mine, id)), theirs, isMissing: true, faults);
                }

                // One's own booking, with somebody else's place in the query and in the form.
                if (page.Pattern.Contains("{reference}", StringComparison.Ordinal))
                {
                    await CompareAsync($"GET {page.Pattern}?place", id => mine.Browser.GetAsync($"{Address(page.Pattern, new(mine.Reference, id.Place))}?place={id.Place}"), theirs, isMissing: false, faults);
                    foreach (var handler in page.Handlers.Where(handler => handler is not "Forget"))
                    {
                        await CompareAsync(
                            $"POST {page.Pattern} {handler} with a place",
                            id => mine.Browser.PostAsync($"{Address(page.Pattern, new(mine.Reference, id.Place))}?handler={handler}&place={id.Place}", Fields(mine, id)), theirs, isMissing: false, faults);
                    }
                }
            }
        }

        Assert.True(pages.Count >= 10, $"{pages.Count} pages were tried");
        Verdict.NoFaults(faults.Distinct());
        Assert.Equal(2, await app.WithAsync((TrainingHubDb db) => Task.FromResult(db.Places.Count(place => place.State == PlaceState.Confirmed && (place.Id == one.Place || place.Id == other.Place)))));
    }

    [Fact]
    public async Task DelegatesPages_OfSomebodyElseAndOfNobody_AnswerAlike()
    {
        var (one, other) = (await DelegateAsync("cat"), await DelegateAsync("dan"));
        var page = (await RouteWorld.PagesAsync(app)).Single(page => page.Pattern.StartsWith("places/", StringComparison.Ordinal));
        List<string> faults = [];
        foreach (var (mine, theirs) in new[] { (one, other), (other, one) })
        {
            Assert.Equal(HttpStatusCode.OK, (await mine.Browser.GetAsync(BookingUrls.DelegatePage(mine.Place))).Status);
            await CompareAsync("GET", id => mine.Browser.GetAsync(BookingUrls.DelegatePage(id.Place)), theirs, isMissing: true, faults);
            foreach (var handler in page.Handlers)
            {
                await CompareAsync($"POST {handler}", id => mine.Browser.PostAsync($"{BookingUrls.DelegatePage(id.Place)}?handler={handler}", Fields(mine, id)), theirs, isMissing: true, faults);
            }
        }

        Verdict.NoFaults(faults.Distinct());
    }

    /// <summary>A link opens what it was made for, and nothing else of the same person.</summary>
    [Fact]
    public async Task Links_AtTheAddressesOfOtherLinks_OpenNothing()
    {
        var booker = await BookerAsync("eve");
        var booking = await app.WithAsync((TrainingHubDb db) => Task.FromResult(db.Bookings.Single(one => one.Reference == booker.Reference).Id));
        var person = await app.WithAsync((TrainingHubDb db) => Task.FromResult(db.People.Single(one => one.Id == db.Places.Single(place => place.Id == booker.Place).PersonId)));
        (string Purpose, Guid Subject, Func<string, string> Address)[] links =
        [
            (Booking.LinkPurpose, booking, BookingUrls.PrivateLink),
            (WriteDocuments.LinkPurpose, booking, PaymentUrls.PrivateInvoice),
            (DelegateLink.Purpose, DelegateLink.SubjectOf(booker.Place, new(person.EmailKey, person.NameKey)), token => BookingUrls.DelegateLink(booker.Place, token)),
            (WaitingListEntry.LinkPurpose, booking, token => $"/waiting-list/{token}"),
            (SurveyInvitation.LinkPurpose, booking, token => $"/survey/{token}"),
            ("stop-surveys", booking, token => $"/survey/stop/{token}"),
        ];
        List<string> faults = [];
        foreach (var link in links)
        {
            var token = await app.Given.LinkAsync(link.Purpose, link.Subject);
            Assert.True(Convert.FromBase64String(token.Replace('-', '+').Replace('_', '/').PadRight((token.Length + 3) / 4 * 4, '=')).Length >= 16, "A token has 128 bits.");
            foreach (var (purpose, _, address) in links.Where(other => other.Purpose != link.Purpose))
            {
                var answer = await app.Browse().GetAsync(address(token));
                if (answer.Status != HttpStatusCode.NotFound)
                {
                    faults.Add($"The link for {link.Purpose} at the address of {purpose}: {(int)answer.Status} {answer.Heading}");
                }
            }
        }

        Verdict.NoFaults(faults);
    }

    private sealed record Asked(string Reference, Guid Place);

    private static async Task CompareAsync(string what, Func<Asked, Task<TestPage>> ask, Owner theirs, bool isMissing, List<string> faults)
    {
        var (known, none) = (new Asked(theirs.Reference, theirs.Place), new Asked(Reference.New(), Guid.NewGuid()));
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

    /// <summary>What is read, without the id that was asked for and the tokens of forms.</summary>
    private static string Plain(TestPage page, Asked asked) =>
        Secret().Replace(page.Text, "").Replace(asked.Reference, "", StringComparison.OrdinalIgnoreCase).Replace($"{asked.Place}", "", StringComparison.OrdinalIgnoreCase);

    private static string Address(string pattern, Asked id) => "/" + pattern.Replace("{reference}", id.Reference, StringComparison.Ordinal)
        .Replace("{place:guid}", $"{id.Place}", StringComparison.Ordinal).Replace("{invitation:guid}", $"{id.Place}", StringComparison.Ordinal).Replace("{handler?}", "", StringComparison.Ordinal);

    private static Dictionary<string, string> Fields(Owner mine, Asked id) => new()
    {
        ["__RequestVerificationToken"] = mine.Token,
        ["place"] = $"{id.Place}",
        ["Places"] = $"{id.Place}",
        ["Form.Places"] = $"{id.Place}",
        ["Form.PlaceId"] = $"{id.Place}",
        ["Form.Change"] = "another",
        ["Form.Name"] = "Sam Stray",
        ["Form.Email"] = "sam@stray.example",
    };

    private async Task<Owner> BookerAsync(string name)
    {
        var world = await BookingWorld.MakeAsync(app.Database, app.Clock);
        var booked = await world.BookAsync(await world.RunAsync(capacity: 10), $"{name}@owner.example");
        var browser = app.Browse();
        await browser.GetAsync(await world.PrivateLinkAsync(booked.Reference));
        var page = await browser.GetAsync(BookingUrls.Manage(booked.Reference));
        return new(
            booked.Reference, Guid.Parse(await world.TextAsync("select id::text from places where booking_id = $1", booked.Id)), browser,
            page.Find("input[name=__RequestVerificationToken]").GetAttribute("value")!);
    }

    private async Task<Owner> DelegateAsync(string name)
    {
        var booker = await BookerAsync(name);
        var person = await app.WithAsync((TrainingHubDb db) => Task.FromResult(db.People.Single(one => one.Id == db.Places.Single(place => place.Id == booker.Place).PersonId)));
        var token = await app.Given.LinkAsync(DelegateLink.Purpose, DelegateLink.SubjectOf(booker.Place, new PersonKey(person.EmailKey, person.NameKey)));
        var browser = app.Browse();
        var page = await browser.GetAsync(BookingUrls.DelegateLink(booker.Place, token));
        return booker with { Browser = browser, Token = page.Find("input[name=__RequestVerificationToken]").GetAttribute("value")! };
    }

    [GeneratedRegex(@"\{(reference|place|invitation)")]
    private static partial Regex Ids();

    [GeneratedRegex("name=\"(__RequestVerificationToken|Form.Key|Key)\"[^>]*>")]
    private static partial Regex Secret();
}

using System.Net;
using TrainingHub.Platform;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.House;

/// <summary>
/// Whatever changes something wants the token of the form that the same person was given, for every handler of every page; and nothing is
/// changed by looking.
/// </summary>
public sealed class CrossSiteTests(TestApp app) : IClassFixture<TestApp>
{
    // The key of the private link stands in their forms in place of the token, so that answers are kept where cookies are refused. Without it
    // nothing is found; ManyLinksTests tries other keys. The form of a room uses nothing of whoever sends it, and nothing is found without its code.
    private static readonly string[] ByTheirLink = ["survey/answer/{invitation:guid}", "survey/stop/{token}", "certificate/stop/{token}", "how/{code}"];

    [Fact]
    public async Task Posts_WithoutATokenOrWithSomebodyElses_AreRefusedAndChangeNothing()
    {
        var world = await RouteWorld.MakeAsync(app);
        var (browser, other) = (await world.BrowseAsAsync([.. StaffRoles.All]), await world.BrowseAsAsync([.. StaffRoles.All]));
        var foreign = (await other.GetAsync("/staff/account")).Find("input[name=__RequestVerificationToken]").GetAttribute("value")!;
        var pages = await RouteWorld.PagesAsync(app);
        var before = await world.StoredAsync();
        List<string> faults = [];
        foreach (var page in pages)
        {
            foreach (var handler in page.Handlers)
            {
                var address = $"{world.AddressOf(page.Pattern)}?handler={handler}";
                var refused = ByTheirLink.Contains(page.Pattern) ? HttpStatusCode.NotFound : HttpStatusCode.BadRequest;
                Judge(address, refused, (await browser.PostAsync(address, [])).Status);
                Judge(address, refused, (await browser.PostAsync(address, [new("__RequestVerificationToken", foreign)])).Status);
            }
        }

        Verdict.NoFaults(faults.Concat((await world.StoredAsync()).Except(before).Select(table => $"changed: {table}")));
        Assert.True(pages.Sum(page => page.Handlers.Count) > 100);

        void Judge(string address, HttpStatusCode wanted, HttpStatusCode status)
        {
            if (status != wanted)
            {
                faults.Add($"POST {address}: {(int)status}");
            }
        }
    }

    [Fact]
    public async Task Gets_OfEveryRoute_ChangeNothing()
    {
        var world = await RouteWorld.MakeAsync(app);
        var browsers = new[] { app.Browse(), await world.BrowseAsAsync([.. StaffRoles.All]) };
        // Demonstration sign-in makes its accounts when the page is first shown.
        await app.Browse().GetAsync("/sign-in");
        var before = await world.StoredAsync();
        foreach (var route in AccessMatrix.Routes.Keys.Where(route => !route.StartsWith("POST ", StringComparison.Ordinal)))
        {
            foreach (var browser in browsers)
            {
                Assert.True((await browser.GetAsync(world.AddressOf(route))).Status < HttpStatusCode.InternalServerError, route);
            }
        }

        Verdict.NoFaults((await world.StoredAsync()).Except(before));
    }
}

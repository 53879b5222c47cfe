using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Xunit;

namespace TrainingHub.BrowserTests.Platform;

/// <summary>
/// Walks every link from the home page and from the staff's first page, and looks at one page of each kind on a phone and on
/// a desktop.
/// </summary>
public sealed partial class EveryPageTests(BrowserFixture site) : IClassFixture<BrowserFixture>
{
    [Fact]
    public async Task PublicPages_FollowedFromTheHomePage_AreAccessible()
    {
        await using var visit = await site.OpenAsync();

        var seen = await WalkAsync(visit, ["/", "/courses?when=saturday&area=BCP&q=safeguarding", "/courses?q=zzzzz"], path => !path.StartsWith("/staff/", StringComparison.Ordinal));

        Assert.Empty(PagesWithoutParameter(path => !path.StartsWith("/staff", StringComparison.Ordinal)).Except(seen));
    }

    [Fact]
    public async Task StaffPages_FollowedFromToday_AreAccessible()
    {
        await using var visit = await site.OpenAsync();
        await visit.GoAsCoordinatorAsync("/staff");

        var seen = await WalkAsync(visit, ["/staff"], path => path.StartsWith("/staff", StringComparison.Ordinal));

        Assert.Empty(PagesWithoutParameter(path => path.StartsWith("/staff", StringComparison.Ordinal)).Except(seen));
    }

    [Fact]
    public async Task StaffForms_SentEmptyOrWrong_SayWhatIsMissing()
    {
        await using var visit = await site.OpenAsync();
        await visit.GoAsCoordinatorAsync("/staff/import");
        await visit.PressAsync("Check the file");
        await visit.SeeErrorsAsync("Choose what is in the file", "Choose a file");
        await visit.AssertAccessibleAsync();

        await visit.GoAsync("/staff/account");
        await visit.PressAsync("Change password");
        await Assertions.Expect(visit.Page.Locator(".govuk-error-summary")).ToBeVisibleAsync();
        await visit.AssertAccessibleAsync();

        await visit.GoAsync("/staff/reports/programme?from=soon&to=2026-04-01");
        await Assertions.Expect(visit.Page.Locator(".govuk-error-summary")).ToBeVisibleAsync();
        Assert.Equal("soon", await visit.Page.GetByLabel("From").InputValueAsync());
        await visit.AssertAccessibleAsync();
    }

    [Fact]
    public async Task CourseFilters_ThatCannotBeRead_SaySoAtTheField()
    {
        await using var visit = await site.OpenAsync();

        await visit.GoAsync("/courses?from=soon&when=never");

        await Assertions.Expect(visit.Page.Locator(".govuk-error-summary")).ToBeVisibleAsync();
        Assert.Equal("soon", await visit.Page.GetByLabel("From").InputValueAsync());
        await visit.AssertAccessibleAsync();
    }

    [Fact]
    public async Task ForcedColours_KeepTheEdgesOfWhatCanBePressed()
    {
        await using var visit = await site.OpenAsync(forcedColours: ForcedColors.Active);
        foreach (var address in (string[])["/", "/courses?when=saturday", "/contact"])
        {
            await visit.GoAsync(address);

            var edgeless = await visit.Page.Locator(".govuk-button:visible, .app-chip:visible").EvaluateAllAsync<string[]>(
                "all => all.filter(one => ['borderTopWidth', 'outlineWidth'].every(edge => parseFloat(getComputedStyle(one)[edge]) === 0)).map(one => one.outerHTML)");

            Assert.Empty(edgeless);
            await visit.AssertAccessibleAsync();
        }
    }

    private static async Task<HashSet<string>> WalkAsync(Visit visit, string[] start, Func<string, bool> isHere)
    {
        var waiting = new Queue<string>(start);
        var kinds = new HashSet<string>();
        while (waiting.TryDequeue(out var address))
        {
            var answer = await visit.GoAsync(address);
            Assert.True(answer.Ok, $"{address}: {answer.Status}");
            await visit.AssertAccessibleAsync();
            await visit.AssertAccessibleAsync(Screen.Desktop);
            var links = await visit.Page.EvaluateAsync<string[]>("[...document.querySelectorAll('a[href]:not([download])')].filter(link => link.origin === location.origin).map(link => link.pathname)");
            foreach (var path in links.Append(new Uri(visit.Page.Url).AbsolutePath).Where(path => isHere(path) && !NotAPage().IsMatch(path)))
            {
                if (kinds.Add(KindOf(path)) && !start.Contains(path))
                    waiting.Enqueue(path);
            }
        }
        return kinds;
    }

    // /dates/0197…/book and /staff/bookings/AB23CD45 stand for their kind.
    private static string KindOf(string path) => Variable().Replace(path, "/*");

    private IEnumerable<string> PagesWithoutParameter(Func<string, bool> isHere) =>
        site.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<PageActionDescriptor>() is not null && endpoint.RoutePattern.Parameters.Count == 0)
            .Select(endpoint => "/" + endpoint.RoutePattern.RawText?.Trim('/'))
            .Where(path => isHere(path) && !NotAPage().IsMatch(path));

    [GeneratedRegex("/(?:[0-9a-f]{8}-[0-9a-f-]{27}|[A-HJ-NP-Z2-9]{8}(?![^/])|(?<=/courses/)[^/]+)")]
    private static partial Regex Variable();

    /// <summary>Files, what an email program shows, and what only a form leads to.</summary>
    [GeneratedRegex(@"\.(ics|csv|xlsx|atom|xml|json|txt|eml)$|^/dev/mail/|^/health|^/sign-out$|^/error")]
    private static partial Regex NotAPage();
}

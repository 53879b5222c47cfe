using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace TrainingHub.BrowserTests.Platform;

internal static partial class Walk
{
    /// <summary>
    /// Looks on a phone and on a desktop at these pages and at one page of each kind that can be reached from them. Returns the
    /// kinds.
    /// </summary>
    public static async Task<HashSet<string>> WalkAsync(this Visit visit, string[] start, Func<string, bool> isHere)
    {
        var waiting = new Queue<string>(start);
        var kinds = new HashSet<string>();
        while (waiting.TryDequeue(out var address))
        {
            var answer = await visit.GoAsync(address);
            Assert.True(answer.Ok, $"{address}: {answer.Status}");
            await visit.AssertAccessibleAsync(Screen.Desktop);
            var links = await visit.Page.EvaluateAsync<string[]>("[...document.querySelectorAll('a[href]:not([download])')].filter(link => link.origin === location.origin).map(link => link.pathname)");
            foreach (var path in links.Append(new Uri(visit.Page.Url).AbsolutePath).Where(path => isHere(path) && !NotAPage().IsMatch(path)))
            {
                if (kinds.Add(KindOf(path)) && !start.Contains(path))
                {
                    waiting.Enqueue(path);
                }
            }
        }
        return kinds;
    }

    /// <summary>The addresses of the pages there that need nothing to be known.</summary>
    public static IEnumerable<string> PagesWithoutParameter(this BrowserFixture site, Func<string, bool> isHere) =>
        site.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<PageActionDescriptor>() is not null && endpoint.RoutePattern.Parameters.Count == 0)
            .Select(endpoint => "/" + endpoint.RoutePattern.RawText?.Trim('/'))
            .Where(path => isHere(path) && !NotAPage().IsMatch(path));

    // /dates/0197…/book and /staff/bookings/AB23CD45 stand for their kind.
    private static string KindOf(string path) => Variable().Replace(path, "/*");

    [GeneratedRegex("/(?:[0-9a-f]{8}-[0-9a-f-]{27}|[A-HJ-NP-Z2-9]{8}(?![^/])|(?<=^/courses/)[^/]+)")]
    private static partial Regex Variable();

    /// <summary>Files, what an email program shows, and what only a form leads to: signing in with a code is FindBookingsTests.</summary>
    [GeneratedRegex(@"\.(ics|csv|xlsx|atom|xml|json|txt|eml)$|^/dev/mail/|^/health|^/sign-out$|^/sign-in/|^/my/|^/staff/account/(confirm|recovery-codes)$|^/error")]
    private static partial Regex NotAPage();
}

using Microsoft.Playwright;
using TrainingHub.Desk;
using Xunit;

namespace TrainingHub.BrowserTests;

/// <summary>
/// Pictures of a running demonstration at 390 and 1280 px, for people to look at: <c>infra/screenshots.sh</c>. Explicit,
/// because it needs that site and proves nothing by itself but that each page answers.
/// </summary>
public sealed class Photographs(Chromium chromium)
{
    private static readonly string[] NotPages = [".ics", ".csv", ".xlsx", ".atom", ".xml", ".json", ".txt", ".eml"];

    // Below these every page is another kind of page; elsewhere (courses, dates, bookings) two of a kind are enough.
    private static readonly string[] Halls = ["", "/staff", "/staff/reports", "/dev"];

    // The help stands on the site of any partnership, so that no picture of it may name the one of the demonstration.
    private const string OfNobody = """
        () => {
          document.querySelector('.app-trial')?.remove();
          const names = [[/Pan-Dorset Safeguarding Children Partnership/g, 'Your partnership'], [/BCP and Dorset/g, 'the county'], [/\bBCP\b/g, 'North'],
            [/\bDorset\b/g, 'South'], [/Bournemouth|Poole|Christchurch/g, 'Northtown'], [/Dorchester|Weymouth|Purbeck|Chesil/g, 'Southtown']];
          const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (walk.nextNode()) {
            for (const [name, nobody] of names) walk.currentNode.data = walk.currentNode.data.replace(name, nobody);
          }
        }
        """;

    private readonly Uri site = new(Environment.GetEnvironmentVariable("SCREENSHOTS_SITE") ?? "http://localhost:5080");
    private readonly string folder = Environment.GetEnvironmentVariable("SCREENSHOTS_FOLDER") ?? "artifacts/screenshots";
    private readonly string[] asked = (Environment.GetEnvironmentVariable("SCREENSHOTS_PATHS") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);

    [Fact(Explicit = true)]
    public async Task Pages_OfARunningSite_AllAnswer()
    {
        Directory.CreateDirectory(folder);
        await using var context = await chromium.Browser.NewContextAsync(new() { BaseURL = site.ToString(), Locale = "en-GB" });
        var page = await context.NewPageAsync();
        var broken = new List<string>();

        var asksStaff = asked.ToLookup(path => path.StartsWith("/staff", StringComparison.Ordinal));
        var publicPages = asked.Length > 0 && !asksStaff.Contains(false) ? 0 : await PhotographAsync(page, "/", [.. asksStaff[false]], broken);
        await page.GotoAsync("/sign-in?returnUrl=/staff");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in as the coordinator" }).ClickAsync();
        var staffPages = asked.Length > 0 && !asksStaff.Contains(true) ? 0 : await PhotographAsync(page, "/staff", [.. asksStaff[true]], broken);

        TestContext.Current.SendDiagnosticMessage("{0} public and {1} staff pages in {2}", publicPages, staffPages, folder);
        Assert.Empty(broken);
        Assert.True(publicPages + staffPages > 0);
    }

    /// <summary>The pictures of the help, into the folder from which the site gives them.</summary>
    [Fact(Explicit = true)]
    public async Task Help_OfARunningSite_ShowsTheScreensAsTheyAre()
    {
        if (Environment.GetEnvironmentVariable("SCREENSHOTS_HELP") is not { Length: > 0 } help)
        {
            return;
        }

        await using var context = await chromium.Browser.NewContextAsync(new()
        {
            BaseURL = site.ToString(),
            Locale = "en-GB",
            ViewportSize = new() { Width = HelpPicture.Width, Height = HelpPicture.Height },
        });
        var page = await context.NewPageAsync();
        await page.GotoAsync("/sign-in?returnUrl=/staff");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in as the coordinator" }).ClickAsync();
        foreach (var picture in HelpPicture.All)
        {
            await page.GotoAsync(picture.From);
            if (picture.Link is { } link)
            {
                var records = await page.EvaluateAsync<string[]>("[...document.querySelectorAll('main table a[href]')].map(a => a.pathname)");
                await page.GotoAsync(records.First(path => path.StartsWith(link, StringComparison.Ordinal) && path.LastIndexOf('/') == link.Length - 1) + picture.After);
            }

            await page.EvaluateAsync(OfNobody);
            await page.ScreenshotAsync(new() { Path = Path.Combine(help, $"{picture.Name}.jpg"), Type = ScreenshotType.Jpeg, Quality = 70 });
        }
    }

    private async Task<int> PhotographAsync(IPage page, string start, string[] only, List<string> broken)
    {
        var waiting = new Queue<string>(only.Length > 0 ? only : [start]);
        var seen = new HashSet<string>(waiting);
        var kinds = new Dictionary<string, int>();
        var taken = 0;
        while (waiting.TryDequeue(out var path))
        {
            var answer = await page.GotoAsync(path);
            if (answer is not { Ok: true })
            {
                broken.Add($"{path}: {answer?.Status}");
            }

            await TakeAsync(page, path);
            taken++;
            if (only.Length > 0)
            {
                continue;
            }

            foreach (var next in await page.EvaluateAsync<string[]>("[...document.querySelectorAll('a[href]')].filter(a => a.origin === location.origin).map(a => a.pathname)"))
            {
                var isPage = !NotPages.Any(ending => next.EndsWith(ending, StringComparison.Ordinal));
                var isHere = start != "/staff" || next.StartsWith("/staff", StringComparison.Ordinal);
                if (isPage && isHere && IsWanted(next, kinds, seen))
                {
                    waiting.Enqueue(next);
                }
            }
        }
        return taken;
    }

    private static bool IsWanted(string path, Dictionary<string, int> kinds, HashSet<string> seen)
    {
        if (!seen.Add(path))
        {
            return false;
        }

        var parts = path.Split('/');
        var parent = string.Join('/', parts[..^1]);
        if (Halls.Contains(parent))
        {
            return true;
        }

        // /dates/AB12/book is of the kind /dates/*/book.
        var kind = parts.Length > 3 ? string.Join('/', parts.Select((part, i) => i == parts.Length - 2 ? "*" : part)) : parent;
        kinds[kind] = kinds.GetValueOrDefault(kind) + 1;
        return kinds[kind] <= 2;
    }

    private async Task TakeAsync(IPage page, string path)
    {
        var name = path.Trim('/').Length == 0 ? "home" : string.Concat(path.Trim('/').Select(letter => char.IsLetterOrDigit(letter) ? letter : '-'));
        foreach (var width in (int[])[390, 1280])
        {
            await page.SetViewportSizeAsync(width, 900);
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}-{width}.png"), FullPage = true });
        }
    }
}

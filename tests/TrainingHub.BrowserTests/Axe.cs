using Deque.AxeCore.Commons;
using Microsoft.Playwright;
using Xunit;

namespace TrainingHub.BrowserTests;

/// <summary>
/// axe-core, put into the page itself. Its own package for Playwright puts it into every frame, and anew before each look,
/// which takes seconds; our pages have no frames, and the day one has, this says so.
/// </summary>
internal static class Axe
{
    // The rules of WCAG 2.0, 2.1 and 2.2, A and AA.
    private const string Violations =
        """
        async () => {
          const result = await axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'], resultTypes: ['violations'] });
          return result.violations.map((one) => `${one.id}: ${one.help}: ${one.nodes.map((node) => node.html).join(' | ')}`);
        }
        """;

    private static readonly string Script = new BundledAxeScriptProvider().GetScript();

    /// <summary>Each rule that the page as it stands breaks, with the elements that break it.</summary>
    public static async Task<string[]> ViolationsAsync(IPage page)
    {
        Assert.Single(page.Frames);
        if (!await page.EvaluateAsync<bool>("'axe' in window"))
        {
            await page.EvaluateAsync(Script);
        }

        return await page.EvaluateAsync<string[]>(Violations);
    }

    /// <summary>
    /// The same where scripts are switched off: axe would wait for ever. The page is read by then, so that switching them on for
    /// the while of the look runs none of its own.
    /// </summary>
    public static async Task<string[]> ViolationsWithoutScriptsAsync(IPage page)
    {
        var session = await page.Context.NewCDPSessionAsync(page);
        // The browser heeds only a change, and a new session begins as if scripts were on.
        await SwitchOffAsync(session, true);
        await SwitchOffAsync(session, false);
        var violations = await ViolationsAsync(page);
        await SwitchOffAsync(session, true);
        await session.DetachAsync();
        return violations;
    }

    private static async Task SwitchOffAsync(ICDPSession session, bool off) =>
        await session.SendAsync("Emulation.setScriptExecutionDisabled", new() { ["value"] = off });
}

using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TrainingHub.Platform.Commands;
using TrainingHub.Platform.Jobs;

namespace TrainingHub.Platform.Web.Pages.Dev;

internal sealed class IndexModel(TimeProvider clock, JobRunner jobs) : PageModel
{
    public static readonly IReadOnlyList<(string Step, string Words)> Steps =
        [("+1d", "One day on"), ("+1w", "One week on"), ("+1mo", "One month on"), ("+97d", "97 days on: surveys are due")];

    public string Now => London.Moment(clock.GetUtcNow());

    public bool CanMove => clock is DemoClock;

    /// <summary>How far the clock is ahead, in words; null when it shows the real time.</summary>
    public string? Ahead => clock is DemoClock { Offset.Ticks: not 0 } demo
        ? demo.Offset.TotalDays >= 1
            ? demo.Offset.TotalDays.ToString("0.#", CultureInfo.InvariantCulture) + " days"
            : demo.Offset.TotalHours.ToString("0.#", CultureInfo.InvariantCulture) + " hours"
        : null;

    public async Task<IActionResult> OnPostClockAsync(string step, CancellationToken ct)
    {
        if (clock is not DemoClock demo || Steps.All(offered => offered.Step != step) || DemoVerb.Moved(demo.GetUtcNow(), step) is not { } then)
        {
            return BadRequest();
        }

        demo.MoveTo(demo.Offset + (then - demo.GetUtcNow()));
        return Done($"The clock now shows {Now}. {await RunJobsAsync(ct)}");
    }

    public IActionResult OnPostRealTime()
    {
        if (clock is not DemoClock demo)
        {
            return BadRequest();
        }

        demo.MoveTo(TimeSpan.Zero);
        return Done("The clock shows the real time again.");
    }

    public async Task<IActionResult> OnPostJobsAsync(CancellationToken ct) =>
        Done(await RunJobsAsync(ct));

    private async Task<string> RunJobsAsync(CancellationToken ct)
    {
        var (handled, failed) = await jobs.RunAllAsync(ct);
        return failed.Count == 0
            ? $"All jobs ran and handled {handled} rows."
            : $"The jobs ran and handled {handled} rows. These failed: {string.Join(", ", failed)}. Look at Jobs in the staff area.";
    }

    private RedirectToPageResult Done(string what)
    {
        TempData["Done"] = what;
        return RedirectToPage();
    }
}

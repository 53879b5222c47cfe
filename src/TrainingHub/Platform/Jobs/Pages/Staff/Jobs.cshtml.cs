using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Npgsql;
using TrainingHub.Platform.Web;

namespace TrainingHub.Platform.Jobs.Pages.Staff;

/// <summary>The last run of a job: of all nodes, by hand or by the schedule.</summary>
internal sealed record LastRun(DateTimeOffset StartedAt, DateTimeOffset? FinishedAt, int? Handled, string? Waits, string? Error);

internal sealed record JobLine(string Name, TimeSpan Every, LastRun? Last)
{
    // Longer than a job that runs every few seconds may take.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(10);

    /// <summary>Its time came more than once, and it did not run: nothing runs jobs, or the one that does is held up.</summary>
    public bool IsLate(DateTimeOffset now) => Last is { } last && now - last.StartedAt > LongestWait + (2 * Every);

    public bool IsTroubled(DateTimeOffset now) => Last is { Error: not null } or { Waits: not null } || IsLate(now);

    public string Words => JobEntry.WordsOf(Name);

    public string EveryWords => Every switch
    {
        { TotalDays: >= 1 } => Every.TotalDays == 1 ? "day" : $"{Every.TotalDays:0} days",
        { TotalHours: >= 1 } => Every.TotalHours == 1 ? "hour" : $"{Every.TotalHours:0} hours",
        { TotalMinutes: >= 1 } => Every.TotalMinutes == 1 ? "minute" : $"{Every.TotalMinutes:0} minutes",
        _ => $"{Every.TotalSeconds:0} seconds",
    };
}

[ForStaff(StaffRight.Operate)]
internal sealed class JobsModel(IEnumerable<JobEntry> entries, JobRunner runner, NpgsqlDataSource database, TimeProvider clock) : PageModel
{
    public IReadOnlyList<JobLine> Jobs { get; private set; } = [];

    /// <summary>Those that failed, wait for something or are late, by name.</summary>
    public IReadOnlyList<JobLine> Troubled { get; private set; } = [];

    public DateTimeOffset Now { get; private set; }

    /// <summary>When any of them ran last; null when none ever did.</summary>
    public DateTimeOffset? LastAt => Jobs.Max(job => job.Last?.StartedAt);

    public Task OnGetAsync(CancellationToken ct) => FillAsync(ct);

    public async Task<IActionResult> OnPostAsync(string? job, CancellationToken ct)
    {
        if (job is null || !runner.Names.Contains(job))
        {
            return NotFound();
        }

        try
        {
            var outcome = await runner.RunAsync(job, ct);
            TempData["Success"] = $"{Words(job)}: {(outcome.Waits is null ? "done, " : "")}{outcome.Handled} handled. {outcome.Waits}".TrimEnd(' ', '.');
            return RedirectToPage();
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // The runner recorded and logged it; the page shows the run.
            ModelState.AddModelError("", $"{Words(job)} failed. Its line says what that means and what to do");
            await FillAsync(ct);
            return Page();
        }
    }

    /// <summary>Every job once, each on its own; says which failed.</summary>
    public async Task<IActionResult> OnPostAllAsync(CancellationToken ct)
    {
        var (handled, failed) = await runner.RunAllAsync(ct);
        if (failed.Count == 0)
        {
            TempData["Success"] = $"All jobs ran: {handled} handled";
            return RedirectToPage();
        }

        ModelState.AddModelError("", $"{string.Join(", ", failed.Select(Words))} failed; all other jobs ran. Their lines say what that means and what to do");
        await FillAsync(ct);
        return Page();
    }

    private static string Words(string job) => JobEntry.WordsOf(job);

    private async Task FillAsync(CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            "select distinct on (job) job, started_at, finished_at, handled, error, waits from job_runs order by job, started_at desc");
        await using var reader = await command.ExecuteReaderAsync(ct);
        var last = new Dictionary<string, LastRun>(StringComparer.Ordinal);
        while (await reader.ReadAsync(ct))
        {
            last[reader.GetString(0)] = new(
                reader.GetFieldValue<DateTimeOffset>(1),
                await reader.IsDBNullAsync(2, ct) ? null : reader.GetFieldValue<DateTimeOffset>(2),
                await reader.IsDBNullAsync(3, ct) ? null : reader.GetInt32(3),
                await reader.IsDBNullAsync(5, ct) ? null : reader.GetString(5),
                await reader.IsDBNullAsync(4, ct) ? null : reader.GetString(4));
        }

        Jobs = [.. entries.OrderBy(entry => entry.Name, StringComparer.Ordinal).Select(entry => new JobLine(entry.Name, entry.Every, last.GetValueOrDefault(entry.Name)))];
        Now = clock.GetUtcNow();
        Troubled = [.. Jobs.Where(job => job.IsTroubled(Now))];
    }
}

using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using TrainingHub.Catalogue;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Jobs;

namespace TrainingHub.Desk.Pages.Staff;

/// <summary>What staff have to do, over all rooms, by name and the most urgent first.</summary>
internal sealed class TodayModel(
    TrainingHubDb db, NpgsqlDataSource database, IEnumerable<JobEntry> jobs, TimeProvider clock, IOptions<DateOptions> options) : PageModel
{
    private const int DatesShown = 8;

    /// <summary>What whoever looks after the site has to do.</summary>
    public IReadOnlyList<string> Notices { get; private set; } = [];

    /// <summary>Those with something to do.</summary>
    public IReadOnlyList<TaskGroup> Groups { get; private set; } = [];
    public IReadOnlyList<DateLine> Dates { get; private set; } = [];
    public DateOnly Today { get; private set; }

    public async Task OnGetAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        Today = London.DateOf(now);
        Notices = await NoticesAsync(ct);
        Groups = [.. (await ReadAsync(now, ct)).Where(group => group.Tasks.Count > 0)];
        Dates = await NextAsync(now, ct);
    }

    private async Task<IReadOnlyList<TaskGroup>> ReadAsync(DateTimeOffset now, CancellationToken ct)
    {
        var (dates, money, work, days) = (new DateTasks(db, now), new MoneyTasks(db, now), new WorkTasks(db), options.Value.TooFewDaysBefore);
        return
        [
            .. User.IsCoordinator() ? [await work.ConcernsAsync(ct), await work.CommentsAsync(ct)] : Array.Empty<TaskGroup>(),
            await work.JobsAsync(jobs, ct),
            await money.PaymentsAsync(ct),
            await money.PayBackAsync(ct),
            await money.WrongInvoicesAsync(ct),
            await money.FreePlacesAsync(ct),
            await dates.LackingAsync(ct),
            await work.EmailsAsync(ct),
            await dates.RegistersAsync(ct),
            await dates.WaitingAsync(ct),
            await dates.TooFewAsync(days, ct),
            await money.InvoicesAsync(ct),
            await dates.HalfEmptyAsync(days, ct),
            await work.OrganisationsAsync(ct),
        ];
    }

    private async Task<IReadOnlyList<DateLine>> NextAsync(DateTimeOffset now, CancellationToken ct)
    {
        var earliest = await DateLines.EarliestStartAsync(db, now, ct);
        var next = db.CourseRuns
            .Where(run => run.StartsAt >= earliest && run.EndsAt > now && run.State == RunState.Scheduled)
            .OrderBy(run => run.StartsAt).ThenBy(run => run.Id)
            .Take(DatesShown);
        return await DateLines.Of(db, next).OrderBy(date => date.StartsAt).ThenBy(date => date.Id).ToListAsync(ct);
    }

    private async Task<IReadOnlyList<string>> NoticesAsync(CancellationToken ct)
    {
        var notices = new List<string>();
        if (await MailStop.ReadAsync(database, ct) is { } stop)
        {
            notices.Add(stop.Words);
        }

        if (WorkingDays.EndSoon(Today))
        {
            notices.Add(
                $"Bank holidays are known until {London.Words(WorkingDays.KnownUntil)} only. After that, surveys may be sent on a bank holiday. "
                + "Ask whoever looks after this site to add the next years, as published on gov.uk/bank-holidays.");
        }

        return notices;
    }
}

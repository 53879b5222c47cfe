using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using TrainingHub.Attendance;
using TrainingHub.Bookings;
using TrainingHub.Catalogue;
using TrainingHub.Payments;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Jobs;
using TrainingHub.Platform.Web;
using TrainingHub.Reporting;

namespace TrainingHub.Desk.Pages.Staff;

/// <summary>What staff have to do, over all rooms, by name and the most urgent first.</summary>
[ForStaff]
internal sealed class TodayModel(
    TrainingHubDb db, NpgsqlDataSource database, IEnumerable<JobEntry> jobs, ReadToDo toDo, TimeProvider clock, IOptions<DateOptions> options, IOptions<SiteOptions> site, IOptions<WaitingListOptions> hours) : PageModel
{
    private const int DatesShown = 8;

    /// <summary>What whoever looks after the site has to do.</summary>
    public IReadOnlyList<string> Notices { get; private set; } = [];

    /// <summary>Those with something to do.</summary>
    public IReadOnlyList<TaskGroup> Groups { get; private set; } = [];
    public IReadOnlyList<DateLine> Dates { get; private set; } = [];
    public DateOnly Today { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (Elsewhere() is { } home)
        {
            return LocalRedirect("~" + home);
        }

        var now = clock.GetUtcNow();
        Today = London.DateOf(now);
        Notices = User.May(StaffRight.Operate) ? await NoticesAsync(ct) : [];
        Groups = [.. (await ReadAsync(now, ct)).Where(group => group.Tasks.Count > 0)];
        Dates = User.May(StaffRight.ReadProgramme) ? await NextAsync(now, ct) : [];
        return Page();
    }

    // Whoever is here for one thing is taken to it.
    private string? Elsewhere() => StaffRoles.RolesOf(User).ToList() switch
    {
        [StaffRole.LearningGroup] => ReportingUrls.Report(Reports.Impact),
        [StaffRole.Trainer] => AttendanceUrls.Door,
        _ => null,
    };

    private async Task<IReadOnlyList<TaskGroup>> ReadAsync(DateTimeOffset now, CancellationToken ct)
    {
        var (dates, events, money, work, days) = (new DateTasks(db, now), new EventTasks(db, now), new MoneyTasks(db, now), new WorkTasks(db), options.Value.TooFewDaysBefore);
        (StaffRight Needs, Func<Task<TaskGroup>> Read)[] all =
        [
            (StaffRight.HandleConcerns, () => ConcernTasks.OpenAsync(db, ct)),
            (StaffRight.ReadComments, () => ConcernTasks.SeenByOthersAsync(db, User, site.Value, now, ct)),
            (StaffRight.ReadComments, () => work.CommentsAsync(hours.Value, now, ct)),
            (StaffRight.PersonalData, () => work.DataRequestsAsync(London.DateOf(now), ct)),
            (StaffRight.Operate, () => work.JobsAsync(jobs, ct)),
            (StaffRight.HandleMoney, () => money.PaymentsAsync(ct)),
            (StaffRight.HandleMoney, () => money.PayBackAsync(ct)),
            (StaffRight.HandleMoney, () => BankTasks.WaitingAsync(db, ct)),
            (StaffRight.HandleMoney, () => MoneyTasks.OthersAsync(toDo, ct)),
            (StaffRight.HandleMoney, () => money.ChargesAsync(ct)),
            (StaffRight.RunBookings, () => money.FreePlacesAsync(ct)),
            (StaffRight.RunProgramme, () => dates.LackingAsync(ct)),
            (StaffRight.RunProgramme, () => LearningTasks.NoticesAsync(db, London.DateOf(now), ct)),
            (StaffRight.RunBookings, () => work.EmailsAsync(ct)),
            (StaffRight.RunBookings, () => dates.RegistersAsync(ct)),
            (StaffRight.RunBookings, () => dates.WalkInsAsync(ct)),
            (StaffRight.RunBookings, () => dates.UnnamedAsync(ct)),
            (StaffRight.RunBookings, () => dates.WaitingAsync(ct)),
            (StaffRight.RunProgramme, () => dates.TooFewAsync(days, ct)),
            (StaffRight.HandleMoney, () => money.InvoicesAsync(ct)),
            (StaffRight.RunProgramme, () => dates.HalfEmptyAsync(days, ct)),
            (StaffRight.RunProgramme, () => NeedTasks.NewAsync(db, ct)),
            (StaffRight.RunProgramme, () => events.RecordingsAsync(ct)),
            (StaffRight.RunProgramme, () => events.DatesAsync(ct)),
            (StaffRight.RunProgramme, () => LearningTasks.ActionsAsync(db, London.DateOf(now), ct)),
            (StaffRight.RunProgramme, () => QualityTasks.ContractsAsync(db, now, ct)),
            (StaffRight.RunProgramme, () => QualityTasks.DocumentsAsync(db, London.DateOf(now), ct)),
            (StaffRight.RunProgramme, () => QualityTasks.ReviewsAsync(db, London.DateOf(now), ct)),
            (StaffRight.RunProgramme, () => QualityTasks.FollowUpsAsync(db, London.DateOf(now), ct)),
            (StaffRight.RunBookings, () => work.OrganisationsAsync(ct)),
        ];
        var groups = new List<TaskGroup>();
        foreach (var (_, read) in all.Where(group => User.May(group.Needs)))
        {
            groups.Add(await read());
        }

        return groups;
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

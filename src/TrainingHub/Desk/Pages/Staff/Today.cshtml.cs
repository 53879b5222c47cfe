using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using TrainingHub.Attendance;
using TrainingHub.Catalogue;
using TrainingHub.FreePlaces;
using TrainingHub.Payments;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using TrainingHub.Surveys;

namespace TrainingHub.Desk.Pages.Staff;

/// <param name="Count">How many.</param>
/// <param name="What">The words after the number.</param>
/// <param name="Url">Where it is done.</param>
internal sealed record ToDo(int Count, string What, string Url);

/// <summary>What staff have to do, over all rooms.</summary>
internal sealed class TodayModel(TrainingHubDb db, NpgsqlDataSource database, TimeProvider clock, IOptions<DateOptions> options) : PageModel
{
    private const int DatesShown = 8;

    /// <summary>What whoever looks after the site has to do.</summary>
    public IReadOnlyList<string> Notices { get; private set; } = [];

    public IReadOnlyList<ToDo> Tasks { get; private set; } = [];

    /// <summary>Those that come soon with fewer people than their minimum.</summary>
    public IReadOnlyList<DateLine> TooFew { get; private set; } = [];
    public IReadOnlyList<DateLine> Dates { get; private set; } = [];
    public DateOnly Today { get; private set; }

    public async Task OnGetAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        Today = London.DateOf(now);
        Notices = await NoticesAsync(ct);
        Tasks = [.. (await TasksAsync(now, ct)).Where(task => task.Count > 0)];
        TooFew = await DateLines.Of(db, DateLines.WithTooFew(db, now, options.Value.TooFewDaysBefore))
            .OrderBy(date => date.StartsAt).ThenBy(date => date.Id)
            .Take(DatesShown)
            .ToListAsync(ct);
        Dates = await DateLines.Of(db, db.CourseRuns.Where(run => run.State == RunState.Scheduled && run.EndsAt > now))
            .OrderBy(date => date.StartsAt).ThenBy(date => date.Id)
            .Take(DatesShown)
            .ToListAsync(ct);
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

    private async Task<IReadOnlyList<ToDo>> TasksAsync(DateTimeOffset now, CancellationToken ct)
    {
        var free = await db.FreePlaceApplications.CountAsync(application => application.State == FreePlaceState.Pending, ct);
        var registers = await Registers.Unfinished(db, now).CountAsync(ct);
        var links = await DateLines.WithoutJoiningLink(db, now).CountAsync(ct);
        var payments = (await PaymentCounts.ReadAsync(db, ct)).ProblemsOpen;
        var emails = await db.OutgoingEmails.CountAsync(email => EmailStates.NotDelivered.Contains(email.State), ct);
        var comments = !User.IsCoordinator() ? 0 : await db.SurveyComments.CountAsync(comment => comment.State == CommentState.Unread, ct);
        return
        [
            new(comments, comments == 1 ? "survey comment to read" : "survey comments to read", SurveyUrls.Comments),
            new(free, free == 1 ? "free-place application to decide" : "free-place applications to decide", "/staff/free-places"),
            new(registers, registers == 1 ? "register to finish" : "registers to finish", "/staff/dates?state=unfinished"),
            new(links, links == 1 ? "online date soon without a joining link" : "online dates soon without a joining link", "/staff/dates?state=nolink"),
            new(payments, payments == 1 ? "payment that needs a decision" : "payments that need a decision", PaymentUrls.StaffPayments),
            new(emails, emails == 1 ? "email that did not go out" : "emails that did not go out", "/staff/emails?state=NotDelivered"),
        ];
    }
}

using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Catalogue;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;
using TrainingHub.Surveys;

namespace TrainingHub.Desk.Pages.Staff;

/// <summary>A trainer's own dates: today's first, those that come, and those of the last two weeks; and how many answered the survey about their courses.</summary>
[ForStaff(StaffRight.OwnDates)]
internal sealed class DoorModel(TrainingHubDb db, TimeProvider clock) : PageModel
{
    /// <summary>How long after a date its trainer still sees who came.</summary>
    public const int DaysShown = 14;

    private const int MostShown = 60;

    private const int MostAnswered = 20;

    internal sealed record Evaluation(string Course, int Asked, int Answered);

    /// <summary>A date about which there is something to read.</summary>
    internal sealed record AnsweredDate(Guid Run, string Course, DateOnly RunsOn);

    public IReadOnlyList<(string Title, IReadOnlyList<DateLine> Dates)> Groups { get; private set; } = [];
    public IReadOnlyList<Evaluation> Evaluations { get; private set; } = [];
    public IReadOnlyList<AnsweredDate> Answered { get; private set; } = [];
    public IReadOnlyList<string> Providers { get; private set; } = [];

    /// <summary>The dates whose register an account opens.</summary>
    public static IQueryable<CourseRun> Shown(TrainingHubDb db, Guid account, DateTimeOffset now)
    {
        var earliest = now.AddDays(-DaysShown);
        return OwnDates.Of(db, account).Where(run => run.EndsAt > earliest);
    }

    public async Task OnGetAsync(CancellationToken ct)
    {
        var (account, now) = (User.Actor().Id, clock.GetUtcNow());
        var today = London.DateOf(now);
        var dates = await DateLines.Of(db, Shown(db, account, now)).OrderBy(date => date.StartsAt).ThenBy(date => date.Id).Take(MostShown).ToListAsync(ct);
        Groups =
        [
            .. new (string, IReadOnlyList<DateLine>)[]
            {
                ("Today", dates.FindAll(IsToday)),
                ("Coming", dates.FindAll(date => !IsToday(date) && date.EndsAt > now)),
                ("Last two weeks", [.. dates.Where(date => !IsToday(date) && date.EndsAt <= now).Reverse()]),
            }.Where(group => group.Item2.Count > 0),
        ];
        Evaluations = await EvaluationsAsync(account, ct);
        Answered = await (
            from run in OwnDates.Of(db, account)
            join course in db.Courses on run.CourseId equals course.Id
            where db.DateEvaluations.Any(made => made.RunId == run.Id) || db.SurveyComments.Any(comment => comment.TrainerRunId == run.Id)
            orderby run.StartsAt descending, run.Id
            select new AnsweredDate(run.Id, course.Title, run.RunsOn)).Take(MostAnswered).ToListAsync(ct);
        Providers = await db.Providers.Where(one => db.ProviderAccounts.Any(own => own.StaffUserId == account && own.ProviderId == one.Id))
            .OrderBy(one => one.Name).Select(one => one.Name).ToListAsync(ct);

        bool IsToday(DateLine date) => date.EachMeeting.Any(meeting => meeting.On == today);
    }

    // What they answered is shown for each date, once its survey is over. Where few were asked, even the number would say who.
    private async Task<IReadOnlyList<Evaluation>> EvaluationsAsync(Guid account, CancellationToken ct)
    {
        var own = OwnDates.Of(db, account);
        var rows = await (
            from sent in db.SentSurveys
            join place in db.Places on sent.PlaceId equals place.Id
            join run in own on place.RunId equals run.Id
            join course in db.Courses on run.CourseId equals course.Id
            group sent by course.Title into asked
            orderby asked.Key
            select new { asked.Key, Asked = asked.Count(), Answered = asked.Count(one => one.IsAnswered) }).ToListAsync(ct);
        return [.. rows.Where(row => row.Asked >= AnswerGroups.Smallest).Select(row => new Evaluation(row.Key, row.Asked, row.Answered))];
    }
}

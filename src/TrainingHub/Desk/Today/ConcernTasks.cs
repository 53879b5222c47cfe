using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;
using TrainingHub.Surveys;

namespace TrainingHub.Desk;

/// <summary>Concerns: to the safeguarding lead each by its reference, to others that there are some, and what they have to see to.</summary>
internal static class ConcernTasks
{
    public static Task<TaskGroup> OpenAsync(TrainingHubDb db, CancellationToken ct) => TaskGroup.OfAsync(
        "Concerns",
        SurveyUrls.Concerns,
        db.Concerns.AsNoTracking().Where(concern => concern.ClosedAt == null && concern.WithdrawnAt == null)
            .OrderBy(concern => concern.AcknowledgedAt != null).ThenBy(concern => concern.RaisedAt).ThenBy(concern => concern.Id),
        concern => new TodayTask($"Concern {concern.Reference}: {(concern.State == ConcernState.Raised ? "acknowledge it" : "say what was done")}", SurveyUrls.Concern(concern.Id))
        {
            Facts = $"Raised {London.Moment(concern.RaisedAt)}. It stays here until it is closed.",
        },
        ct);

    public static async Task<TaskGroup> SeenByOthersAsync(TrainingHubDb db, ClaimsPrincipal user, SiteOptions site, DateTimeOffset now, CancellationToken ct)
    {
        var tasks = new List<TodayTask>();
        if (!user.May(StaffRight.HandleConcerns))
        {
            tasks.AddRange(await OthersAsync(db, ct));
        }

        var me = user.Actor().Id;
        tasks.AddRange((await (
            from request in db.IdentityRequests.AsNoTracking()
            join concern in db.Concerns on request.ConcernId equals concern.Id
            where request.DecidedAt == null && request.AskedById != me
            orderby request.AskedAt, request.Id
            select new { concern.Id, concern.Reference, request.AskedAt }).Take(10).ToListAsync(ct))
            .Select(row => new TodayTask($"May the lead see who wrote the text of concern {row.Reference}?", SurveyUrls.DecideIdentity(row.Id)) { Facts = $"Asked {London.Moment(row.AskedAt)}" }));
        if (!await ConcernMail.HasLeadAsync(db, ct))
        {
            tasks.Add(new("Nobody has the role “Safeguarding lead”", SurveyUrls.Concerns) { Facts = "Nobody could open a concern. Whoever looks after accounts can give somebody the role." });
        }

        if (user.May(StaffRight.Settings) && await UrgentNumbers.WhyNotAsync(db, now, ct) is { } why)
        {
            tasks.Add(new(why, DeskUrls.UrgentSettings) { Facts = "They stand in every survey. Ring each, then save the page, also if nothing has changed." });
        }

        if (site.SafeguardingLeadEmail is null)
        {
            tasks.Add(new("No address of the safeguarding lead is set", user.May(StaffRight.Settings) ? DeskUrls.UrgentSettings : SurveyUrls.Concerns) { Facts = $"A concern is emailed to {site.ContactEmail}." });
        }

        return new("Safeguarding", tasks, More: 0, SurveyUrls.Concerns);
    }

    private static async Task<IEnumerable<TodayTask>> OthersAsync(TrainingHubDb db, CancellationToken ct)
    {
        var open = await db.Concerns.Where(concern => concern.ClosedAt == null && concern.WithdrawnAt == null).Select(concern => new { concern.State, concern.Id }).ToListAsync(ct);
        var waiting = open.Where(concern => concern.State == ConcernState.Raised).Select(concern => concern.Id).ToList();
        var isLate = await db.ConcernAlerts.AnyAsync(alert => waiting.Contains(alert.ConcernId) && alert.Step != AlertStep.Lead && alert.State == AlertState.Sent, ct);
        return open.Count == 0 ? [] :
        [
            new TodayTask(open.Count == 1 ? "1 concern is open" : $"{open.Count:N0} concerns are open", SurveyUrls.Concerns)
            {
                IsLate = isLate,
                Facts = waiting.Count == 0 ? "The safeguarding lead has it." : $"{(waiting.Count == 1 ? "1 is" : $"{waiting.Count:N0} are")} not acknowledged{(isLate ? ", and the deputy was told: ring the safeguarding lead" : "")}.",
            },
        ];
    }
}

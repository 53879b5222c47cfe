using TrainingHub.Learning;
using TrainingHub.Platform;

namespace TrainingHub.Desk;

/// <summary>Providers that have let a deadline go by, and actions from learning that are late.</summary>
internal static class LearningTasks
{
    /// <summary>They stay until they are acknowledged or withdrawn.</summary>
    public static Task<TaskGroup> NoticesAsync(TrainingHubDb db, DateOnly today, CancellationToken ct) => TaskGroup.OfAsync(
        "Providers that have not acknowledged a change",
        LearningUrls.Actions,
        from own in db.ProviderNotices
        join notice in db.ContentNotices on own.NoticeId equals notice.Id
        join provider in db.Providers on own.ProviderId equals provider.Id
        where own.State == ProviderNoticeState.Sent && notice.DueOn < today
        orderby notice.DueOn, provider.Name
        select new { own.Id, own.NoticeId, Provider = provider.Name, notice.DueOn, notice.FromOn },
        row => new TodayTask($"{row.Provider} has not acknowledged a change of content", LearningUrls.Notice(row.NoticeId))
        {
            On = row.DueOn,
            IsLate = true,
            Facts = $"Asked by {London.Words(row.DueOn)}; the courses change on {London.Words(row.FromOn)}. Ring them.",
            Links = [new("Record what they say", $"{LearningUrls.Notice(row.NoticeId)}#record"), new("Withdraw", LearningUrls.Withdraw(row.NoticeId))],
        },
        ct);

    public static Task<TaskGroup> ActionsAsync(TrainingHubDb db, DateOnly today, CancellationToken ct) => TaskGroup.OfAsync(
        "Actions from learning that are late",
        $"{LearningUrls.Actions}?show=late",
        from action in ActionRow.InUse(db)
        where action.State == ActionState.Open && (action.RevisedOn ?? action.DueOn) < today
        orderby action.RevisedOn ?? action.DueOn, action.Number
        select new { action.Id, action.Number, action.What, action.Agency, Due = action.RevisedOn ?? action.DueOn },
        row => new TodayTask($"Action {row.Number}: {(row.What.Length > 100 ? row.What[..100].TrimEnd() + "…" : row.What)}", LearningUrls.Action(row.Id))
        {
            On = row.Due,
            IsLate = true,
            Facts = $"{row.Agency} · was due {London.Words(row.Due)}",
            Links = [new("Mark as done", LearningUrls.ActionAct(row.Id, "done")), new("Give another date", LearningUrls.ActionAct(row.Id, "later"))],
        },
        ct);
}

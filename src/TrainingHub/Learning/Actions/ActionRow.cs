using Microsoft.EntityFrameworkCore;

namespace TrainingHub.Learning;

/// <summary>What lists and the meeting show of an action.</summary>
internal sealed record ActionRow(
    Guid Id, int Number, string What, string Agency, string? Owner, string? Colleague, DateOnly DueOn, DateOnly? RevisedOn, ActionState State, DateOnly? DoneOn,
    Guid SourceId, string Source, string Recommendation, TrainingEffect Effect, bool HasChange)
{
    public DateOnly Due => RevisedOn ?? DueOn;

    /// <summary>"NHS Dorset, designated nurse; Ann Coordinator".</summary>
    public string Who => $"{Agency}{(Owner is null ? "" : $", {Owner}")}{(Colleague is null ? "" : $"; {Colleague}")}";

    public ActionStanding StandingOn(DateOnly today) => LearningAction.Standing(State, Due, today);

    /// <summary>Those that are not archived, nor of an archived recommendation or source.</summary>
    public static IQueryable<LearningAction> InUse(TrainingHubDb db) => db.LearningActions.AsNoTracking().Where(action => action.ArchivedAt == null
        && db.Recommendations.Any(one => one.Id == action.RecommendationId && one.ArchivedAt == null
            && db.LearningSources.Any(source => source.Id == one.SourceId && source.ArchivedAt == null)));

    /// <summary>In the order of their dates.</summary>
    public static async Task<List<ActionRow>> ReadAsync(TrainingHubDb db, IQueryable<LearningAction> actions, int most, CancellationToken ct) => await (
        from action in actions
        join recommendation in db.Recommendations on action.RecommendationId equals recommendation.Id
        join source in db.LearningSources on recommendation.SourceId equals source.Id
        orderby action.RevisedOn ?? action.DueOn, action.Number
        select new ActionRow(
            action.Id, action.Number, action.What, action.Agency, action.Owner,
            db.Users.Where(user => user.Id == action.OwnerId).Select(user => user.Name).FirstOrDefault(),
            action.DueOn, action.RevisedOn, action.State, action.DoneOn, source.Id, source.Title, recommendation.Number, recommendation.Effect,
            db.ContentChanges.Any(change => change.ActionId == action.Id && change.ArchivedAt == null)))
        .Take(most).ToListAsync(ct);
}

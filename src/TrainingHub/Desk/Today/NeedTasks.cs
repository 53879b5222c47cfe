using TrainingHub.Learning;
using TrainingHub.Platform;

namespace TrainingHub.Desk;

/// <summary>Training that an organisation asked for on its own page, and that staff have not looked at.</summary>
internal static class NeedTasks
{
    public static Task<TaskGroup> NewAsync(TrainingHubDb db, CancellationToken ct) => TaskGroup.OfAsync(
        "Training that organisations ask for",
        $"{LearningUrls.Needs}?show=new",
        from need in db.TrainingNeeds
        where need.AwaitsStaff && need.ArchivedAt == null
        orderby need.AddedAt, need.Id
        select new
        {
            need.Id,
            need.What,
            need.AddedAt,
            By = db.TrainingNeedVotes.Where(vote => vote.NeedId == need.Id).OrderBy(vote => vote.VotedAt)
                .Select(vote => db.Organisations.Where(one => one.Id == vote.OrganisationId).Select(one => one.Name).FirstOrDefault()).FirstOrDefault(),
        },
        row => new TodayTask($"{row.By ?? "An organisation"} asks for training: {(row.What.Length > 100 ? row.What[..100].TrimEnd() + "…" : row.What)}", LearningUrls.Need(row.Id))
        {
            Facts = $"Asked on {London.Words(London.DateOf(row.AddedAt))}. They see what you decide",
            Links = [new("Decide", $"{LearningUrls.Need(row.Id)}#about")],
        },
        ct);
}

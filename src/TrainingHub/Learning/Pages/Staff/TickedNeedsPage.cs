using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform.Web;

namespace TrainingHub.Learning.Pages.Staff;

/// <summary>What the pages share that do one thing to several training needs.</summary>
internal abstract class TickedNeedsPage(TrainingHubDb db) : TickedPage(db, LearningUrls.Needs)
{
    private Dictionary<Guid, int> versions = [];

    public override string ListName => "Training needs";

    public override IReadOnlyList<string> Columns { get; } = ["What is asked for", "Votes", "How it stands"];

    /// <summary>"1 training need" or "3 training needs".</summary>
    public static string Count(int count) => count == 1 ? "1 training need" : $"{count} training needs";

    /// <summary>Of the need as it was read for this request.</summary>
    protected int VersionOf(TickedRow row) => versions[row.Id];

    protected override async Task<IReadOnlyList<TickedRow>> ReadAsync(IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        var needs = await Db.TrainingNeeds.AsNoTracking().Where(need => ids.Contains(need.Id))
            .Select(need => new { Need = need, Votes = Db.TrainingNeedVotes.Count(vote => vote.NeedId == need.Id) })
            .OrderByDescending(row => row.Votes).ThenBy(row => row.Need.What).ThenBy(row => row.Need.Id).ToListAsync(ct);
        versions = needs.ToDictionary(row => row.Need.Id, row => row.Need.Version);
        return needs.ConvertAll(row => new TickedRow(
            row.Need.Id, row.Need.What, LearningUrls.Need(row.Need.Id), [$"{row.Votes}", LearningWords.State(row.Need.State)],
            row.Need.ArchivedAt is null ? null : "It is archived"));
    }
}

using Microsoft.EntityFrameworkCore;

namespace TrainingHub.Learning;

/// <summary>What was done in this room since a meeting, as history has it.</summary>
/// <param name="What">The record: "Action 12", a source by its title.</param>
/// <param name="Act">"Done by Ann Coordinator, 3 March 2027 at 9:30".</param>
internal sealed record SinceMeeting(string What, string Url, string Act)
{
    private const int Most = 60;

    private static readonly string[] Types = [nameof(LearningSource), nameof(Recommendation), nameof(LearningAction), nameof(ContentChange), nameof(TrainingNeed)];

    /// <summary>The last first.</summary>
    public static async Task<IReadOnlyList<SinceMeeting>> ReadAsync(TrainingHubDb db, DateTimeOffset since, CancellationToken ct)
    {
        var entries = await db.HistoryEntries.AsNoTracking().Where(entry => Types.Contains(entry.RecordType) && entry.At > since)
            .OrderByDescending(entry => entry.At).ThenByDescending(entry => entry.Id).Take(Most).ToListAsync(ct);
        var ids = entries.Select(entry => entry.RecordId).Distinct().ToList();
        var names = new Dictionary<Guid, (string What, string Url)>();
        foreach (var one in await db.LearningSources.Where(one => ids.Contains(one.Id)).Select(one => new { one.Id, one.Title }).ToListAsync(ct))
        {
            names[one.Id] = (one.Title, LearningUrls.Source(one.Id));
        }

        foreach (var one in await db.Recommendations.Where(one => ids.Contains(one.Id)).Select(one => new { one.Id, one.Number, Title = db.LearningSources.Where(source => source.Id == one.SourceId).Select(source => source.Title).First() }).ToListAsync(ct))
        {
            names[one.Id] = ($"Recommendation {one.Number} of {one.Title}", LearningUrls.Recommendation(one.Id));
        }

        foreach (var one in await db.LearningActions.Where(one => ids.Contains(one.Id)).Select(one => new { one.Id, one.Number }).ToListAsync(ct))
        {
            names[one.Id] = ($"Action {one.Number}", LearningUrls.Action(one.Id));
        }

        foreach (var one in await db.ContentChanges.Where(one => ids.Contains(one.Id)).Select(one => new { one.Id, Number = db.LearningActions.Where(action => action.Id == one.ActionId).Select(action => action.Number).First() }).ToListAsync(ct))
        {
            names[one.Id] = ($"Change of content from action {one.Number}", LearningUrls.Change(one.Id));
        }

        foreach (var one in await db.TrainingNeeds.Where(one => ids.Contains(one.Id)).Select(one => new { one.Id, one.What }).ToListAsync(ct))
        {
            names[one.Id] = (one.What, LearningUrls.Need(one.Id));
        }

        return [.. entries.Where(entry => names.ContainsKey(entry.RecordId)).Select(entry => new SinceMeeting(names[entry.RecordId].What, names[entry.RecordId].Url, entry.Words))];
    }
}

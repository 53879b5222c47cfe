using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Learning;
using TrainingHub.People;

namespace TrainingHub.Desk;

/// <summary>What is found of learning by its words, and actions by their number: whoever may search may read it.</summary>
internal sealed partial class SearchEverything
{
    private const int LearningWordsShown = 150;

    private async Task<FoundGroup<FoundLearning>> LearningAsync(SearchText text, CancellationToken ct)
    {
        var sources = db.LearningSources.Where(one => one.ArchivedAt == null);
        var recommendations = db.Recommendations.Where(one => one.ArchivedAt == null);
        var number = ActionNumber().Match(text.Typed) is { Success: true } match ? int.Parse(match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture) : (int?)null;
        var actions = db.LearningActions.Where(one => one.ArchivedAt == null && (number == null || one.Number == number));
        var needs = db.TrainingNeeds.Where(one => one.ArchivedAt == null);
        foreach (var word in text.Words)
        {
            sources = sources.Where(one => PersonKey.OfColumn(one.Title).Contains(word));
            recommendations = recommendations.Where(one => PersonKey.OfColumn(one.Text).Contains(word));
            actions = actions.Where(one => number != null || PersonKey.OfColumn(one.What).Contains(word));
            needs = needs.Where(one => PersonKey.OfColumn(one.What).Contains(word));
        }

        List<FoundLearning> found =
        [
            .. (await sources.OrderByDescending(one => one.PublishedOn).ThenBy(one => one.Id).Take(Shown + 1).Select(one => new { one.Id, one.Title, one.Kind }).ToListAsync(ct))
                .Select(one => new FoundLearning(one.Title, LearningWords.Kind(one.Kind), "title", LearningUrls.Source(one.Id))),
            .. (await (
                from one in recommendations
                join source in db.LearningSources on one.SourceId equals source.Id
                where source.ArchivedAt == null
                orderby source.PublishedOn descending, one.Number, one.Id
                select new { one.Id, one.Number, one.Text, source.Title }).Take(Shown + 1).ToListAsync(ct))
                .Select(one => new FoundLearning(Short(one.Text), $"Recommendation {one.Number} of “{one.Title}”", "words", LearningUrls.Recommendation(one.Id))),
            .. (await actions.OrderBy(one => one.State).ThenByDescending(one => one.Number).Take(Shown + 1).Select(one => new { one.Id, one.Number, one.What, one.Agency }).ToListAsync(ct))
                .Select(one => new FoundLearning(Short(one.What), $"Action {one.Number} · {one.Agency}", number is null ? "words" : "number", LearningUrls.Action(one.Id))),
            .. (await needs.OrderBy(one => one.State).ThenByDescending(one => one.AddedAt).ThenBy(one => one.Id).Take(Shown + 1).Select(one => new { one.Id, one.What, one.State }).ToListAsync(ct))
                .Select(one => new FoundLearning(one.What, $"Training need · {LearningWords.State(one.State)}", "words", LearningUrls.Need(one.Id))),
        ];
        return FoundGroup<FoundLearning>.Of(found);
    }

    // "action 12" as the minutes say it, and "12".
    [GeneratedRegex(@"^(?:action\s+)?(?<number>[0-9]{1,6})$", RegexOptions.IgnoreCase)]
    private static partial Regex ActionNumber();

    private static string Short(string words) => words.Length > LearningWordsShown ? words[..LearningWordsShown].TrimEnd() + "…" : words;
}

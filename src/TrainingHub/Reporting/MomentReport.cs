using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using TrainingHub.Platform.Files;
using TrainingHub.Surveys;

namespace TrainingHub.Reporting;

/// <summary>Who said something, and when.</summary>
/// <param name="Moment"></param>
/// <param name="Key">The question.</param>
/// <param name="Heading">Above the figures.</param>
internal sealed record MomentSide(SurveyMoment Moment, string Key, string Heading);

/// <summary>The figures of one side.</summary>
/// <param name="Side"></param>
/// <param name="Figures">Null when fewer than <see cref="MomentReport.Fewest"/> answered, or nobody was asked.</param>
internal sealed record MomentFigures(MomentSide Side, QuestionFigures? Figures)
{
    /// <summary>Of a question that is answered by a number; null for any other.</summary>
    public decimal? Mean => Figures is { Answers: [_, ..] answers } && answers.Sum(answer => answer.Count) is > 0 and var all
        && answers.All(answer => int.TryParse(answer.Label, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            ? (decimal)answers.Sum(answer => answer.Count * int.Parse(answer.Label, CultureInfo.InvariantCulture)) / all
            : null;
}

/// <param name="Heading"></param>
/// <param name="Note">What the figures do not show.</param>
/// <param name="Sides"></param>
internal sealed record MomentTopic(string Heading, string Note, IReadOnlyList<MomentFigures> Sides);

/// <summary>
/// What delegates said at different moments, and what their managers have seen, each with its own base. Laid side by side and never
/// subtracted: not the same people answer, and not in the same way. It counts the blocks of <see cref="Disclosure"/>, as the report of three
/// months does, and shows no figures of fewer than <see cref="Fewest"/> answers.
/// </summary>
internal sealed record MomentReport(IReadOnlyList<MomentTopic> Topics, bool IsRounded)
{
    public const int Fewest = 10;

    private static readonly (string Heading, string Note, MomentSide[] Sides)[] All =
    [
        ("Has practice changed?",
            "Managers answer only where the delegate passed a link on to them, so these are not the managers of all who answered. We do not know who they are.",
            [new(SurveyMoment.ThreeMonths, "changed_practice", "Delegates, after three months"), new(SurveyMoment.Manager, "change_seen", "Their line managers")]),
        ("What did managers give towards it?", "", [new(SurveyMoment.Manager, "support_given", "Line managers")]),
        ("How confident are delegates?",
            "Before a course and at its end people choose a number, three months later one of the words of the scale. Not everybody answers each time, so the difference between two of these is not what a course has changed.",
            [new(SurveyMoment.Before, "confidence", "Before the course"), new(SurveyMoment.End, "confidence", "At the end of the course"), new(SurveyMoment.ThreeMonths, "confidence", "After three months")]),
        ("How were the events?", "Conferences, learning events, briefings and learning circles are asked about once, soon after. They count in no other figure.",
            [new(SurveyMoment.Event, "rating", "How people rate the event"), new(SurveyMoment.Event, "useful", "How useful it is to their work")]),
    ];

    public TextTable Table => new(["survey", "question", "answer", "count", "base", "percent"],
        [.. from topic in Topics
            from side in topic.Sides
            from answer in side.Figures?.Answers ?? []
            select new[]
            {
                side.Side.Heading, side.Side.Key, answer.Label, ReportNumbers.Number(answer.Count), ReportNumbers.Number(answer.Base),
                ReportNumbers.Percent(answer.Count, answer.Base),
            }]);

    public static async Task<MomentReport> ReadAsync(TrainingHubDb db, NpgsqlDataSource database, ReportFilter filter, CancellationToken ct)
    {
        var known = await db.Surveys.Select(survey => survey.Moment).ToListAsync(ct);
        var (topics, surveys) = (new List<MomentTopic>(), new Dictionary<SurveyMoment, (AskedVersions, List<AnswerCell>)>());
        foreach (var (heading, note, sides) in All)
        {
            var figures = new List<MomentFigures>();
            foreach (var side in sides.Where(side => known.Contains(side.Moment)))
            {
                figures.Add(new(side, await ReadAsync(side, ct)));
            }

            topics.Add(new(heading, note, figures));
        }

        return new(topics, IsRounded: filter.Cut is not null);

        async Task<QuestionFigures?> ReadAsync(MomentSide side, CancellationToken ct)
        {
            if (!surveys.TryGetValue(side.Moment, out var survey))
            {
                var read = await AskedVersions.ReadAsync(db, side.Moment, ct);
                survey = surveys[side.Moment] = (read, await ReadAnswers.CellsAsync(database, read, filter, ct));
            }

            var (versions, cells) = survey;
            if (versions.Series().FirstOrDefault(series => series.Key == side.Key) is not { } series)
            {
                return null;
            }

            var blocks = Disclosure.Blocks(cells.FindAll(cell => series.VersionIds.Contains(cell.VersionId)), filter);
            var counts = await ReadAnswers.CountsAsync(database, versions, filter, blocks, ct);
            // Before anything is rounded.
            var asked = counts.Of("asked").Where(count => series.VersionIds.Contains(count.VersionId)).Sum(count => count.Count);
            return asked < Fewest ? null : QuestionAnswers.Of(series, counts, filter).FirstOrDefault(figures => figures.Base >= Fewest);
        }
    }
}

using Microsoft.EntityFrameworkCore;

namespace TrainingHub.Surveys;

/// <summary>A question through those versions of a survey whose answers add up, newest first.</summary>
internal sealed record QuestionSeries(string Key, IReadOnlyList<(Questionnaire Version, AskedQuestion Question)> Asked, bool IsEnded)
{
    /// <summary>As it was asked last.</summary>
    public AskedQuestion Latest => Asked[0].Question;

    public HashSet<Guid> VersionIds => [.. Asked.Select(asked => asked.Version.Id)];

    /// <summary>Those of the latest version, then those that only earlier ones had.</summary>
    public IReadOnlyList<VersionOption> Options =>
        [.. Asked.SelectMany(asked => asked.Question.Options).DistinctBy(option => option.OptionId).OrderBy(option => option.IsExclusive)];
}

/// <summary>All versions of one survey that were ever published, newest first.</summary>
internal sealed record AskedVersions(Guid SurveyId, IReadOnlyList<Questionnaire> All)
{
    /// <summary>The version that is sent now.</summary>
    public Questionnaire Published => All.Single(version => version.Version.State == VersionState.Published);

    /// <summary>Null for one that was published since this was read.</summary>
    public Questionnaire? Find(Guid versionId) => All.FirstOrDefault(version => version.Id == versionId);

    /// <summary>As it was asked last.</summary>
    public Question? Latest(string key) => All.Select(version => version.Find(key)?.Asked).FirstOrDefault(question => question is not null);

    /// <summary>Those of the survey that is reported on.</summary>
    public static Task<AskedVersions> ReadAsync(TrainingHubDb db, CancellationToken ct) => ReadAsync(db, SurveyMoment.ThreeMonths, ct);

    public static async Task<AskedVersions> ReadAsync(TrainingHubDb db, SurveyMoment moment, CancellationToken ct)
    {
        var survey = await db.Surveys.AsNoTracking().SingleAsync(survey => survey.Moment == moment, ct);
        return new(survey.Id, [.. (await ReadAsync(db, survey.Id, ct)).Where(version => version.Version.State != VersionState.Draft)]);
    }

    /// <summary>All versions, a draft too.</summary>
    public static async Task<List<Questionnaire>> ReadAsync(TrainingHubDb db, Guid surveyId, CancellationToken ct)
    {
        var versions = await db.SurveyVersions.AsNoTracking().Where(version => version.SurveyId == surveyId).OrderByDescending(version => version.Number).ToListAsync(ct);
        var ids = versions.ConvertAll(version => version.Id);
        var questions = await db.Questions.AsNoTracking().Where(question => ids.Contains(question.VersionId))
            .OrderBy(question => question.Position).ThenBy(question => question.Key).ToListAsync(ct);
        var options = (await db.VersionOptions.AsNoTracking().Where(option => ids.Contains(option.VersionId))
            .OrderBy(option => option.IsExclusive).ThenBy(option => option.Position).ThenBy(option => option.Label).ToListAsync(ct))
            .ToLookup(option => (option.VersionId, option.QuestionKey));
        return versions.ConvertAll(version => new Questionnaire(
            version,
            [.. questions.Where(question => question.VersionId == version.Id).Select(question => new AskedQuestion(question, [.. options[(version.Id, question.Key)]]))]));
    }

    /// <summary>
    /// The questions that were ever asked, in the order of the newest version, then those that it asks no more. A question that is marked
    /// as not comparable begins a series of its own.
    /// </summary>
    public IReadOnlyList<QuestionSeries> Series()
    {
        var keys = All.SelectMany(version => version.Questions.Select(question => question.Key)).Distinct().ToList();
        return [.. keys.SelectMany(SeriesOf)];
    }

    private IEnumerable<QuestionSeries> SeriesOf(string key)
    {
        var run = new List<(Questionnaire, AskedQuestion)>();
        var isEnded = false;
        foreach (var version in All)
        {
            if (version.Find(key) is not { } question)
            {
                isEnded |= run.Count == 0;
                continue;
            }

            run.Add((version, question));
            if (!question.Asked.IsComparable)
            {
                yield return new(key, [.. run], isEnded);
                run.Clear();
                isEnded = true;
            }
        }

        if (run.Count > 0)
        {
            yield return new(key, run, isEnded);
        }
    }
}

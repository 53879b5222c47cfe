using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;

namespace TrainingHub.Surveys;

internal enum DraftRefusal
{
    /// <summary>It was discarded, or published.</summary>
    Gone,

    /// <summary>Somebody has changed it since it was read.</summary>
    Changed,

    /// <summary>See <see cref="DraftCheck"/>.</summary>
    Faulty,

    /// <summary>The survey sends people to numbers that nobody has looked at lately, see <see cref="UrgentNumbers"/>.</summary>
    NumbersUnchecked,
}

/// <param name="Id">Null for one that is new; an option of an earlier version keeps its id, so that answers add up.</param>
/// <param name="Label"></param>
/// <param name="IsExclusive"></param>
internal sealed record OptionFacts(Guid? Id, string Label, bool IsExclusive);

/// <summary>A question as it is to be. Numbers bring their own options, free text has none.</summary>
/// <param name="Key">Null for a new one.</param>
internal sealed record QuestionFacts(
    string? Key, QuestionKind Kind, KirkpatrickLevel Level, string Wording, string ShortWording, string? Hint, string? MissingWords, string? TextPrompt,
    bool IsRequired, bool OffersToolkits, bool IsComparable, IReadOnlyList<OptionFacts> Options);

/// <summary>
/// The draft of the next version: copied from what is published, changed question by question, discarded. Each act locks the version,
/// and refuses one that is a draft no more or was changed by somebody else since it was read.
/// </summary>
internal sealed class EditDraft(TrainingHubDb db, TimeProvider clock)
{
    private const int HighestNumber = 10;

    internal static async Task<SurveyVersion?> LockAsync(TrainingHubDb db, Guid versionId, CancellationToken ct) =>
        (await db.SurveyVersions.FromSql($"select * from survey_versions where id = {versionId} for update").ToListAsync(ct)) is [var version] ? version : null;

    /// <returns>The draft, copied from what is published; the one that is there, if there is one.</returns>
    public async Task<Guid> StartAsync(Guid surveyId, Actor by, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // Two who press the button get one draft.
        await db.Database.ExecuteSqlAsync($"select from surveys where id = {surveyId} for update", ct);
        var versions = await AskedVersions.ReadAsync(db, surveyId, ct);
        if (versions.Find(version => version.Version.State == VersionState.Draft) is { } known)
        {
            return known.Id;
        }

        var now = clock.GetUtcNow();
        var draft = new SurveyVersion { Id = Guid.CreateVersion7(now), SurveyId = surveyId, Number = versions.Select(version => version.Version.Number).DefaultIfEmpty(0).Max() + 1 };
        db.Add(draft);
        if (versions.Find(version => version.Version.State == VersionState.Published) is { } published)
        {
            await CopyAsync(published.Id, draft.Id, ct);
        }

        HistoryEntry.Add<SurveyVersion>(db, draft.Id, by, "Draft started", [], now);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return draft.Id;
    }

    /// <summary>Adds a question at the end, or changes the one with that key.</summary>
    public Task<DraftRefusal?> SaveAsync(Guid versionId, int revision, QuestionFacts facts, Actor by, CancellationToken ct) =>
        ChangeAsync(versionId, revision, by, facts.Key is null ? "Question added" : "Question changed", facts.ShortWording, async version =>
        {
            var questions = await db.Questions.Where(question => question.VersionId == versionId).ToListAsync(ct);
            var key = facts.Key ?? await NewKeyAsync(version.SurveyId, facts.ShortWording, ct);
            var question = questions.Find(one => one.Key == key);
            if (question is null)
            {
                question = new Question
                {
                    VersionId = versionId,
                    Key = key,
                    Position = questions.Select(one => one.Position).DefaultIfEmpty(0).Max() + 1,
                    Kind = facts.Kind,
                    Level = facts.Level,
                    Wording = facts.Wording,
                    ShortWording = facts.ShortWording,
                    IsRequired = facts.IsRequired,
                    IsComparable = facts.IsComparable,
                };
                db.Add(question);
            }

            (question.Kind, question.Level, question.Wording, question.ShortWording) = (facts.Kind, facts.Level, facts.Wording, facts.ShortWording);
            (question.Hint, question.MissingWords, question.IsRequired) = (facts.Hint, facts.IsRequired ? facts.MissingWords : null, facts.IsRequired);
            question.TextPrompt = facts.Kind == QuestionKind.Text ? null : facts.TextPrompt;
            question.OffersToolkits = facts.OffersToolkits && facts.Kind == QuestionKind.Several;
            question.IsComparable = facts.IsComparable;
            await SetOptionsAsync(versionId, key, facts, ct);
        }, ct);

    public Task<DraftRefusal?> MoveAsync(Guid versionId, int revision, string key, int steps, Actor by, CancellationToken ct) =>
        ChangeAsync(versionId, revision, by, "Question moved", key, async _ =>
        {
            var questions = await db.Questions.Where(question => question.VersionId == versionId).OrderBy(question => question.Position).ThenBy(question => question.Key).ToListAsync(ct);
            if (questions.Find(question => question.Key == key) is { } moved)
            {
                var place = Math.Clamp(questions.IndexOf(moved) + steps, 0, questions.Count - 1);
                questions.Remove(moved);
                questions.Insert(place, moved);
            }

            foreach (var (position, question) in questions.Index())
            {
                question.Position = position + 1;
            }
        }, ct);

    public Task<DraftRefusal?> RemoveAsync(Guid versionId, int revision, string key, Actor by, CancellationToken ct) =>
        ChangeAsync(versionId, revision, by, "Question taken out", key, async _ =>
        {
            await db.QuestionOptions.Where(option => option.VersionId == versionId && option.QuestionKey == key).ExecuteDeleteAsync(ct);
            await db.Questions.Where(question => question.VersionId == versionId && question.Key == key).ExecuteDeleteAsync(ct);
        }, ct);

    public async Task DiscardAsync(Guid versionId, Actor by, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await LockAsync(db, versionId, ct) is not { State: VersionState.Draft } version)
        {
            return;
        }

        await db.QuestionOptions.Where(option => option.VersionId == versionId).ExecuteDeleteAsync(ct);
        await db.Questions.Where(question => question.VersionId == versionId).ExecuteDeleteAsync(ct);
        db.Remove(version);
        HistoryEntry.Add<SurveyVersion>(db, versionId, by, "Draft discarded", [], clock.GetUtcNow());
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }

    private async Task<DraftRefusal?> ChangeAsync(
        Guid versionId, int revision, Actor by, string act, string what, Func<SurveyVersion, Task> change, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await LockAsync(db, versionId, ct) is not { State: VersionState.Draft } version)
        {
            return DraftRefusal.Gone;
        }

        if (version.Revision != revision)
        {
            return DraftRefusal.Changed;
        }

        await change(version);
        version.Change();
        HistoryEntry.Add<SurveyVersion>(db, versionId, by, act, [], clock.GetUtcNow(), what);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return null;
    }

    private async Task CopyAsync(Guid from, Guid to, CancellationToken ct)
    {
        foreach (var question in await db.Questions.AsNoTracking().Where(question => question.VersionId == from).ToListAsync(ct))
        {
            db.Add(new Question
            {
                VersionId = to,
                Key = question.Key,
                Position = question.Position,
                Kind = question.Kind,
                Level = question.Level,
                Wording = question.Wording,
                ShortWording = question.ShortWording,
                Hint = question.Hint,
                MissingWords = question.MissingWords,
                TextPrompt = question.TextPrompt,
                IsRequired = question.IsRequired,
                OffersToolkits = question.OffersToolkits,
                IsComparable = true,
            });
        }

        foreach (var option in await db.QuestionOptions.AsNoTracking().Where(option => option.VersionId == from).ToListAsync(ct))
        {
            db.Add(new QuestionOption
            {
                VersionId = to,
                Id = option.Id,
                QuestionKey = option.QuestionKey,
                Position = option.Position,
                Label = option.Label,
                IsExclusive = option.IsExclusive,
            });
        }
    }

    // An option whose words are those of an earlier one is that one. Written anew as a whole: two labels may change places.
    private async Task SetOptionsAsync(Guid versionId, string key, QuestionFacts facts, CancellationToken ct)
    {
        var known = await db.QuestionOptions.AsNoTracking()
            .Where(option => option.QuestionKey == key && db.SurveyVersions.Any(version => version.Id == option.VersionId
                && db.SurveyVersions.Any(own => own.Id == versionId && own.SurveyId == version.SurveyId)))
            .ToListAsync(ct);
        await db.QuestionOptions.Where(option => option.VersionId == versionId && option.QuestionKey == key).ExecuteDeleteAsync(ct);
        var wanted = facts.Kind switch
        {
            QuestionKind.Text => [],
            QuestionKind.Number => Enumerable.Range(0, HighestNumber + 1).Select(number => new OptionFacts(null, number.ToString(CultureInfo.InvariantCulture), false)),
            QuestionKind.Several => facts.Options,
            QuestionKind.Scale or QuestionKind.YesNo or QuestionKind.One => facts.Options.Select(option => option with { IsExclusive = false }),
        };
        foreach (var (position, option) in wanted.Index())
        {
            db.Add(new QuestionOption
            {
                VersionId = versionId,
                Id = known.Find(one => one.Id == option.Id)?.Id ?? known.Find(one => one.Label == option.Label)?.Id ?? Guid.CreateVersion7(clock.GetUtcNow()),
                QuestionKey = key,
                Position = position + 1,
                Label = option.Label,
                IsExclusive = option.IsExclusive,
            });
        }
    }

    /// <summary>From the words, and unlike every key that the survey ever had, whatever stands between its words.</summary>
    private async Task<string> NewKeyAsync(Guid surveyId, string words, CancellationToken ct)
    {
        var taken = (await (
            from question in db.Questions
            join version in db.SurveyVersions on question.VersionId equals version.Id
            where version.SurveyId == surveyId
            select question.Key).Distinct().ToListAsync(ct)).ConvertAll(key => key.Replace("_", "", StringComparison.Ordinal)).ToHashSet();
        var plain = new StringBuilder();
        foreach (var letter in words.ToLowerInvariant())
        {
            plain.Append(char.IsAsciiLetterOrDigit(letter) ? letter : ' ');
        }

        var parts = plain.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var start = string.Join('_', parts.Take(4));
        start = start.Length == 0 || char.IsAsciiDigit(start[0]) ? "question_" + start : start;
        start = start[..Math.Min(start.Length, Question.KeyLength - 4)].Trim('_').Replace("_example", "_instance", StringComparison.Ordinal);
        return Enumerable.Range(1, 1000).Select(number => number == 1 ? start : $"{start}_{number}").First(key => !taken.Contains(key.Replace("_", "", StringComparison.Ordinal)));
    }
}

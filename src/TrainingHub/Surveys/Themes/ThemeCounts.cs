using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;

namespace TrainingHub.Surveys;

/// <summary>How many texts of a cut have a theme, by their first readers.</summary>
/// <param name="Theme"></param>
/// <param name="Count">Null when it is not shown.</param>
internal sealed record ThemeCount(string Theme, int? Count);

/// <summary>
/// Themes of a cut of the texts. The base is how many of them somebody has coded. A cut with a base below <see cref="AnswerGroups.Smallest"/> is
/// not shown (decision 22), and a theme that fewer have, or all but fewer, is not counted out.
/// </summary>
/// <param name="Base"></param>
/// <param name="Counts">Empty when the base is too small.</param>
/// <param name="Uncoded">Texts of the cut that nobody has coded.</param>
/// <param name="Agreement">Null when a second reader coded too few.</param>
internal sealed record ThemeCounts(int Base, IReadOnlyList<ThemeCount> Counts, int Uncoded, ThemeAgreement? Agreement)
{
    public bool IsTooSmall => Base < AnswerGroups.Smallest;

    /// <param name="db"></param>
    /// <param name="course">Null for all.</param>
    /// <param name="year">Null for all.</param>
    /// <param name="ct"></param>
    public static async Task<ThemeCounts> ReadAsync(TrainingHubDb db, Guid? course, FinancialYear? year, CancellationToken ct)
    {
        var texts =
            from comment in db.SurveyComments
            where comment.State != CommentState.Concern
            from response in db.SurveyResponses.Where(response => response.Id == comment.ResponseId).DefaultIfEmpty()
            select new { comment.Id, CourseId = comment.CourseId ?? response.CourseId, comment.CreatedAt };
        texts = course is { } one ? texts.Where(text => text.CourseId == one) : texts;
        if (year is { } within)
        {
            var (from, until) = (London.Instant(within.From, TimeOnly.MinValue), London.Instant(within.Next.From, TimeOnly.MinValue));
            texts = texts.Where(text => text.CreatedAt >= from && text.CreatedAt < until);
        }

        var all = await texts.CountAsync(ct);
        var coded = texts.Where(text => db.CommentReadings.Any(reading => reading.CommentId == text.Id && reading.Reader == CommentReading.First));
        var total = await coded.CountAsync(ct);
        if (total < AnswerGroups.Smallest)
        {
            return new(total, [], all - total, null);
        }

        var counts = await (
            from theme in db.CommentThemes
            let count = db.CommentCodes.Count(code => code.ThemeId == theme.Id && code.Reader == CommentReading.First && coded.Any(text => text.Id == code.CommentId))
            where theme.ArchivedAt == null || count > 0
            orderby theme.Name
            select new { theme.Name, count }).ToListAsync(ct);
        return new(
            total,
            [.. counts.Select(row => new ThemeCount(row.Name, row.count > 0 && (row.count < AnswerGroups.Smallest || (total - row.count > 0 && total - row.count < AnswerGroups.Smallest)) ? null : row.count))],
            all - total,
            await ThemeAgreement.ReadAsync(db, coded.Select(text => text.Id), ct));
    }
}

/// <summary>How far a second reader agrees with the first, over every theme that one of them could give to each text that both coded.</summary>
/// <param name="Texts">That both coded.</param>
/// <param name="Percent">Of the decisions that are alike.</param>
/// <param name="Kappa">Cohen's kappa over the same decisions: what is left of it once chance is taken off; null when all decisions are one.</param>
internal sealed record ThemeAgreement(int Texts, double Percent, double? Kappa)
{
    public static async Task<ThemeAgreement?> ReadAsync(TrainingHubDb db, IQueryable<Guid> texts, CancellationToken ct)
    {
        var both = await texts.Where(id => db.CommentReadings.Any(reading => reading.CommentId == id && reading.Reader == CommentReading.Second)).ToListAsync(ct);
        if (both.Count < AnswerGroups.Smallest)
        {
            return null;
        }

        var codes = await db.CommentCodes.AsNoTracking().Where(code => both.Contains(code.CommentId)).ToListAsync(ct);
        var themes = (await db.CommentThemes.Where(theme => theme.ArchivedAt == null).Select(theme => theme.Id).ToListAsync(ct)).Union(codes.Select(code => code.ThemeId)).ToList();
        return Of(
            both.Count, themes.Count,
            [.. codes.Where(code => code.Reader == CommentReading.First).Select(code => (code.CommentId, code.ThemeId))],
            [.. codes.Where(code => code.Reader == CommentReading.Second).Select(code => (code.CommentId, code.ThemeId))]);
    }

    public static ThemeAgreement Of(int texts, int themes, HashSet<(Guid Text, Guid Theme)> first, HashSet<(Guid Text, Guid Theme)> second)
    {
        double all = texts * themes;
        double yes = first.Count(second.Contains), one = first.Count, two = second.Count;
        var observed = (all - one - two + (2 * yes)) / all;
        var chance = ((one * two) + ((all - one) * (all - two))) / (all * all);
        return new(texts, observed * 100, chance >= 1 ? null : (observed - chance) / (1 - chance));
    }
}

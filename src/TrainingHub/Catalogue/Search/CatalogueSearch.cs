using TrainingHub.Platform.Web;

namespace TrainingHub.Catalogue;

/// <summary>Courses and dates that fit a filter, with the places left of this moment.</summary>
internal sealed class CatalogueSearch(TrainingHubDb db, PageCache cache, TimeProvider clock)
{
    public const int PageSize = 20;
    public const int DatesPageSize = 50;

    private const int MostAlike = 3;

    /// <param name="Courses">At most <see cref="PageSize"/>.</param>
    /// <param name="CourseCount">Over all pages.</param>
    /// <param name="DateCount">Fitting dates of all these courses.</param>
    /// <param name="Answer">How the words were taken; null without words.</param>
    internal sealed record Found(IReadOnlyList<CourseCard> Courses, int CourseCount, int DateCount, SearchAnswer? Answer);

    /// <summary>A course and those of its dates that fit, the next one first.</summary>
    internal sealed record Fitting(ListedCourse Course, IReadOnlyList<DateLine> Dates)
    {
        public bool IsOffered => Dates.Count > 0 || Course.OfferOrder is not null;
    }

    private sealed record Ranked(IReadOnlyDictionary<Guid, float> Scores, SearchFit Fit);

    public async Task<Found> FindAsync(CatalogueFilter filter, int page, CancellationToken ct)
    {
        var (courses, answer) = await FittingAsync(filter, ct);
        var cards = courses.Skip((page - 1) * PageSize).Take(PageSize)
            .Select(course => CourseCard.Of(course.Course, course.Dates));
        return new Found([.. cards], courses.Count, courses.Sum(course => course.Dates.Count), answer);
    }

    /// <summary>The fitting dates of all courses in their order, those of one page.</summary>
    public async Task<(IReadOnlyList<DateLine> Dates, Found Found)> FindDatesAsync(CatalogueFilter filter, int page, CancellationToken ct)
    {
        var (courses, answer) = await FittingAsync(filter, ct);
        var dates = courses.SelectMany(course => course.Dates).OrderBy(date => date.StartsAt).ThenBy(date => date.Id).ToList();
        return ([.. dates.Skip((page - 1) * DatesPageSize).Take(DatesPageSize)], new Found([], courses.Count, dates.Count, answer));
    }

    /// <returns>The best fit first when words were given, else the earliest date or the order of the offer.</returns>
    public async Task<(List<Fitting> Courses, SearchAnswer? Answer)> FittingAsync(CatalogueFilter filter, CancellationToken ct)
    {
        if (filter.Words is not { } words)
        {
            return (await AskedAsync(filter, ranked: null), null);
        }

        var typed = TypedWords.Split(words);
        if (typed.Count == 0)
        {
            return ([], new(SearchFit.Alike, [], [], false, null, []));
        }

        var (lexicon, search) = (await SearchLexicon.ReadAsync(cache, clock), await SearchWords.ReadAsync(cache));
        var plan = lexicon.Plan(typed, filter.Asks);
        var scores = await search.FindAsync(db, plan.Concepts, ct);
        if (lexicon.ByParts(plan, at => scores[at] is { Count: 0 }) is { } wider)
        {
            plan = wider;
            scores = await search.FindAsync(db, plan.Concepts, ct);
        }

        IReadOnlyList<(string Typed, string Meant)> corrected = [];
        if (Correct(lexicon, typed, plan, scores) is { Count: > 0 } meant)
        {
            corrected = [.. meant.Select(word => (word.Key, word.Value))];
            plan = lexicon.Plan([.. typed.Select(word => meant.GetValueOrDefault(word, word))], filter.Asks);
            scores = await search.FindAsync(db, plan.Concepts, ct);
        }

        var choices = (await CatalogueSnapshot.ReadAsync(cache, clock)).Choices;
        var narrowed = filter.With(CatalogueQuery.Read(name => plan.Filters.FirstOrDefault(taken => taken.Name == name)?.Value, choices).Filter);
        var ranked = plan.Concepts.Count == 0 ? null : await RankAsync(scores, plan, words, ct);
        var courses = await AskedAsync(narrowed, ranked);
        var (isWithout, missing) = (false, (ListedCourse?)null);
        if (plan.Filters.Count > 0 && ranked is not null)
        {
            // A subject that has no such date is said, before others that have one.
            var all = await AskedAsync(filter, ranked);
            isWithout = courses.Count == 0;
            missing = all.Count > 0 && !isWithout && courses.TrueForAll(course => course.Course.Id != all[0].Course.Id) ? all[0].Course : null;
            courses = isWithout ? all : courses;
        }

        return (courses, new(ranked?.Fit ?? SearchFit.AllWords, corrected, plan.Filters, isWithout, missing, [.. plan.Meanings.Where(meaning => meaning.Says is not null)]));
    }

    // A word of a part that no course fits, and that is no abbreviation which staff explain, is perhaps another one mistyped.
    private static Dictionary<string, string> Correct(
        SearchLexicon lexicon, IEnumerable<string> typed, SearchPlan plan, IReadOnlyList<IReadOnlyDictionary<Guid, float>?> scores)
    {
        var unknown = plan.Concepts.Where((concept, at) => concept.Phrase is null && scores[at] is { Count: 0 }).SelectMany(concept => concept.Words).ToHashSet();
        var meant = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var word in typed.Where(unknown.Contains).Distinct(StringComparer.Ordinal))
        {
            if (lexicon.Nearest(word) is { } near)
            {
                meant[word] = near;
            }
        }

        return meant;
    }

    private async Task<Ranked> RankAsync(IReadOnlyList<IReadOnlyDictionary<Guid, float>?> scores, SearchPlan plan, string words, CancellationToken ct)
    {
        var parts = scores.OfType<IReadOnlyDictionary<Guid, float>>().ToList();
        var sums = parts.SelectMany(part => part).GroupBy(course => course.Key).ToDictionary(course => course.Key, course => course.Sum(one => one.Value));
        var all = sums.Where(course => parts.TrueForAll(part => part.ContainsKey(course.Key))).ToDictionary();
        if (all.Count > 0 || sums.Count > 0)
        {
            return all.Count > 0 ? new(all, SearchFit.AllWords) : new(sums, SearchFit.SomeWords);
        }

        // What staff say of the words is the answer, though there is no course.
        var alike = plan.Meanings.Any(meaning => meaning.Says is not null) ? [] : await SearchWords.NearestAsync(db, TypedWords.Tidy(words), MostAlike, ct);
        return new(alike.Index().ToDictionary(course => course.Item, course => (float)-course.Index), SearchFit.Alike);
    }

    /// <param name="filter"></param>
    /// <param name="ranked">Those courses and no others, the best fit first; null is all.</param>
    private async Task<List<Fitting>> AskedAsync(CatalogueFilter filter, Ranked? ranked)
    {
        var (now, live) = (clock.GetUtcNow(), await LiveDates.ReadAsync(cache, clock));
        var asksForDates = filter.AsksForDates;
        var courses = (await CatalogueSnapshot.ReadAsync(cache, clock)).Courses
            .Where(course => ranked?.Scores.ContainsKey(course.Id) != false)
            .Where(course => (filter.Tag is null || course.Tag == filter.Tag) && (filter.Length is null || course.Length == filter.Length)
                && (filter.Level is null || string.Equals(course.Level, filter.Level, StringComparison.OrdinalIgnoreCase)))
            .Select(course => new Fitting(course, live.OfCourse(course.Id, filter, now)))
            .Where(course => course.Dates.Count > 0 || (!asksForDates && (filter.Words is not null || course.Course.OfferOrder is not null)));
        if (filter.Order is { } order)
        {
            return [.. Sorted(courses, order, filter.Near)];
        }

        var inOrder = asksForDates ? courses.OrderBy(course => course.Dates[0].StartsAt) : courses;
        return ranked is null ? [.. inOrder] : [.. inOrder.OrderByDescending(course => course.IsOffered).ThenByDescending(course => ranked.Scores[course.Course.Id])];
    }

    // A course without a date that fits stands after those with one.
    private static IOrderedEnumerable<Fitting> Sorted(IEnumerable<Fitting> courses, CourseOrder order, NearPlace? near)
    {
        var first = courses.OrderBy(course => course.Dates.Count == 0);
        return (order switch
        {
            CourseOrder.Soonest => first,
            CourseOrder.Nearest => first.ThenBy(course => course.Dates.Min(date => near?.MilesTo(date)) ?? int.MaxValue),
            CourseOrder.Name => courses.OrderBy(course => course.Course.Title, StringComparer.InvariantCultureIgnoreCase),
            CourseOrder.Price => first.ThenBy(course => course.Dates.Min(date => date.Pence) ?? int.MaxValue),
        }).ThenBy(course => course.Dates.Count == 0 ? DateTimeOffset.MaxValue : course.Dates[0].StartsAt);
    }
}

using TrainingHub.Load.Database;
using TrainingHub.Load.Hosting;
using TrainingHub.Load.Http;

namespace TrainingHub.Load.Benchmarks;

/// <summary>Single pages by wrk against "hello" by wrk, in turns, the best of three rounds each.</summary>
internal static class PageBenchmarks
{
    private const int WarmUpSeconds = 20;
    private const int RoundSeconds = 3;
    private const int Rounds = 3;
    private static int askedDays;

    public static async Task<List<Figure>> CachedCatalogueAsync(Stage stage, CancellationToken ct)
    {
        await stage.AppAsync(ct);
        using (var visitor = new Visitor(stage.Settings.Port))
        {
            ExpectCatalogue(visitor.Get("/courses"));
        }

        return [await MeasureAsync(stage, "catalogue-cached", "/courses", script: null, leastPercent: 60, ct)];
    }

    /// <summary>The page of the course with the most coming dates, remembered like the catalogue.</summary>
    public static async Task<List<Figure>> CoursePageAsync(Stage stage, CancellationToken ct)
    {
        await stage.AppAsync(ct);
        await using var command = stage.Database.CreateCommand(
            """
            select slug
            from courses
            join course_runs run on run.course_id = courses.id
            where run.state = 'Scheduled' and run.starts_at > now() and not courses.is_draft and courses.archived_at is null
            group by slug
            order by count(*) desc, slug
            limit 1
            """);
        var path = $"/courses/{await command.ExecuteScalarAsync(ct)}";
        using (var visitor = new Visitor(stage.Settings.Port))
        {
            if (!visitor.Get(path).Expect(200).Text().Contains("/book\"", StringComparison.Ordinal))
            {
                throw new InvalidOperationException($"{path} offers no date to book.");
            }
        }

        return [await MeasureAsync(stage, "course-page", path, script: null, leastPercent: 60, ct)];
    }

    public static async Task<List<Figure>> UncachedCatalogueAsync(Stage stage, CancellationToken ct)
    {
        await stage.AppAsync(ct);
        using (var visitor = new Visitor(stage.Settings.Port))
        {
            ExpectCatalogue(visitor.Get("/courses?from=2019-04-14&to=2199-12-31"));
        }

        using var enough = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var places = TakePlacesAsync(stage, enough.Token);
        var figure = await MeasureAsync(stage, "catalogue-uncached", "/courses", await ScriptAsync(stage, ct), leastPercent: 6, ct);
        await enough.CancelAsync();
        await places;
        stage.CatalogueWasLoaded = true;
        return [figure];
    }

    /// <summary>Searches that are not remembered: slips, abbreviations, towns, words that are filters.</summary>
    public static Task<List<Figure>> SearchAsync(Stage stage, CancellationToken ct) => SearchAsync(stage, "search", ct);

    /// <summary>The same with 20,000 dates to come. Last of all, because they are in the way of the others.</summary>
    public static async Task<List<Figure>> SearchManyDatesAsync(Stage stage, CancellationToken ct)
    {
        await stage.AppAsync(ct);
        await ManyDates.AddAsync(stage.Database, "many", 20_000, ct);
        using (var visitor = new Visitor(stage.Settings.Port))
        {
            var words = visitor.Get("/courses?to=2199-12-31").Expect(200).Text();
            var at = words.IndexOf("</strong> with ", StringComparison.Ordinal);
            if (at < 0 || !words.AsSpan(at, 30).Contains(" with 20", StringComparison.Ordinal))
            {
                throw new InvalidOperationException($"The catalogue does not say that it has the dates: {(at < 0 ? words : words.Substring(at, 60))}");
            }
        }

        return await SearchAsync(stage, "search-many-dates", ct);
    }

    private static async Task<List<Figure>> SearchAsync(Stage stage, string name, CancellationToken ct)
    {
        await stage.AppAsync(ct);
        using (var visitor = new Visitor(stage.Settings.Port))
        {
            if (!visitor.Get("/courses?q=saftey&from=2019-04-14&to=2199-12-31").Expect(200).Text().Contains("/courses/online-safety", StringComparison.Ordinal))
            {
                throw new InvalidOperationException("A slip is not understood.");
            }
        }

        return [await MeasureAsync(stage, name, "/courses", await ScriptAsync(stage, ct), leastPercent: 6, ct, "words")];
    }

    private static async Task<string> ScriptAsync(Stage stage, CancellationToken ct)
    {
        var file = Path.Combine(stage.Settings.DataFolder, "uncached.lua");
        await File.WriteAllTextAsync(file, Resource.Read("uncached.lua"), ct);
        return file;
    }

    // Twenty times a second, as when a popular date opens: what is remembered of places is thrown away and asked for again.
    private static async Task TakePlacesAsync(Stage stage, CancellationToken enough)
    {
        await using var command = stage.Database.CreateCommand(
            "update course_runs set places_taken = places_taken where id = (select id from course_runs where starts_at > now() order by starts_at limit 1)");
        while (!enough.IsCancellationRequested)
        {
            await command.ExecuteNonQueryAsync(CancellationToken.None);
            await Task.Delay(50, CancellationToken.None);
        }
    }

    public static async Task<List<Figure>> BookingFormAsync(Stage stage, CancellationToken ct)
    {
        await stage.AppAsync(ct);
        await using var command = stage.Database.CreateCommand(
            "select id from course_runs where state = 'Scheduled' and places_taken < capacity and starts_at > @soon order by starts_at limit 1");
        command.Parameters.AddWithValue("soon", TimeProvider.System.GetUtcNow().AddDays(7));
        var path = $"/dates/{await command.ExecuteScalarAsync(ct)}/book";
        using (var visitor = new Visitor(stage.Settings.Port))
        {
            visitor.Get(path).Expect(200).Field("__RequestVerificationToken");
        }

        return [await MeasureAsync(stage, "booking-form", path, script: null, leastPercent: 8, ct)];
    }

    /// <summary>As many requests as the catalogue gets in its own benchmark, when only what they leave behind is of interest.</summary>
    public static async Task LoadCatalogueAsync(Stage stage, CancellationToken ct)
    {
        await CachedCatalogueAsync(stage, ct);
        await UncachedCatalogueAsync(stage, ct);
    }

    private static async Task<Figure> MeasureAsync(
        Stage stage, string name, string path, string? script, double leastPercent, CancellationToken ct, params string[] more)
    {
        await stage.HelloAsync(ct);
        var settings = stage.Settings;
        var (hello, page) = ($"http://127.0.0.1:{stage.HelloPort}/", $"http://127.0.0.1:{settings.Port}{path}");
        await Wrk.RunAsync(settings, hello, 1, script: null, ct);
        await PageAsync(WarmUpSeconds);
        var (best, ceiling) = (0d, 0d);
        for (var round = 0; round < Rounds; round++)
        {
            ceiling = Math.Max(ceiling, await Wrk.RunAsync(settings, hello, RoundSeconds, script: null, ct));
            best = Math.Max(best, await PageAsync(RoundSeconds));
        }

        return new Figure(name, best, "requests/s", "hello", ceiling, Target.AtLeastPercent(leastPercent));

        async Task<double> PageAsync(int seconds)
        {
            // No run asks for more than 100,000 different days.
            var from = askedDays += 100_000;
            return await Wrk.RunAsync(settings, page, seconds, script is null ? null : new WrkScript(script, [$"{from}", .. more]), ct);
        }
    }

    private static void ExpectCatalogue(Answer answer)
    {
        var cards = answer.Expect(200).Text().Split("class=\"app-card__title\"").Length - 1;
        if (answer.Encoding is null || cards < 10)
        {
            throw new InvalidOperationException($"The catalogue came with {cards} courses, encoded as {answer.Encoding}.");
        }
    }
}

using Microsoft.EntityFrameworkCore;
using TrainingHub.Catalogue;
using TrainingHub.Platform;
using TrainingHub.Reporting;
using TrainingHub.Surveys;
using Xunit;

namespace TrainingHub.Tests.Reporting;

/// <summary>
/// Somebody has the figures of every provider in every year, reads them again after each survey, and takes them from each other and from
/// every report of months, quarters, years and areas (<see cref="ImpactAttackTests"/>) to be left with the answers of few. The twin gets
/// exact figures of all dates, however few answered about them.
/// </summary>
public sealed class ProviderAttackTests(TestDatabase databases) : IAsyncLifetime
{
    private readonly TestApp app = new(databases);

    private const int Providers = 3;
    private static readonly string[] Areas = ["BCP", "Dorset", "Both", "Elsewhere"];
    private static readonly DateOnly Begin = new(2024, 4, 1);
    private static readonly string[] Keys = [StandardMeasures.ChangedPractice, StandardMeasures.ImpactedFamilies, StandardMeasures.Recommend];

    private readonly List<Sheet> sheets = [];
    private readonly List<(string What, IReadOnlyDictionary<(Guid, int), int[]> Figures, HashSet<Guid> Made)> readings = [];
    private readonly List<Guid> providers = [];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    // 72 dates over two years in three rounds, with one to twelve answers each; the third provider has few dates, and people of one area.
    public async ValueTask InitializeAsync()
    {
        await app.InitializeAsync();
        var (random, given) = (new Random(17), app.Given);
        var asks = await given.AskedAsync();
        for (var number = 0; number < Providers; number++)
        {
            providers.Add((await given.ProviderAsync()).Id);
        }

        var (course, sector) = ((await given.CourseAsync()).Id, await given.SectorIdAsync());
        foreach (var round in Enumerable.Range(0, 72).Chunk(24))
        {
            foreach (var number in round)
            {
                var provider = number % 4 == 0 ? 2 : number % 2;
                var run = await given.RunByAsync(course, providers[provider], Begin.AddDays((number * 10) + random.Next(10)));
                var monday = run.RunsOn.AddDays(-(((int)run.RunsOn.DayOfWeek + 6) % 7));
                var rows = new List<SurveyResponse>();
                for (var one = 0; one < 1 + random.Next(12); one++)
                {
                    var sheet = new Sheet(
                        Guid.NewGuid(), provider == 2 ? Areas[3] : Areas[random.Next(3)], providers[provider], run.Id, run.RunsOn, monday,
                        random.Next(2) == 0, random.Next(2) == 0, random.Next(4) > 0);
                    sheets.Add(sheet);
                    rows.Add(Given.NewResponse(
                        course, await given.AreaIdAsync(sheet.Area), sector, monday,
                        Given.NewAnswers(asks, (Keys[0], Word(sheet.Changed)), (Keys[1], Word(sheet.Impacted)), (Keys[2], Word(sheet.Recommends))), run: run.Id));
                }

                await given.AddAsync([.. rows]);
            }

            await app.WithAsync<TrainingHubDb, int>(async db =>
            {
                await DateEvaluation.AddAsync(db, app.Clock.Now, Ct);
                return await db.SaveChangesAsync(Ct);
            });
            readings.Add(($"round {readings.Count + 1}", await FiguresAsync(), await app.WithAsync<TrainingHubDb, HashSet<Guid>>(async db => [.. await db.DateEvaluations.Select(made => made.RunId).ToListAsync(Ct)])));
        }

        static string Word(bool yes) => yes ? "Yes" : "No";
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task Attack_OnProvidersAndReports_FindsNobody()
    {
        var told = Told(readings, (sheet, made) => made.Contains(sheet.Run));
        Assert.True(told.Count > 8, $"{told.Count} figures were told");
        told.AddRange(await ReportsAsync());

        Assert.Empty(Found(told));
    }

    [Fact]
    public async Task Attack_OnExactFigures_FindsPeople()
    {
        var runs = sheets.Select(sheet => sheet.Run).Distinct().ToList();
        // On each of the last days what had come by then.
        var days = Enumerable.Range(runs.Count - 8, 9).Select(count => runs.Take(count).ToHashSet()).Select(made => ($"{made.Count} dates", Exact(made), made));
        var told = Told([.. days], (sheet, made) => made.Contains(sheet.Run));
        told.AddRange(await ReportsAsync());

        Assert.NotEmpty(Found(told));
    }

    [Fact]
    public void EachFigure_IsOfDatesWithFiveAnswersOrMore_AndNoDateIsMadeTwice()
    {
        Assert.All(readings[^1].Made, run => Assert.True(sheets.Count(sheet => sheet.Run == run) >= AnswerGroups.Smallest));
        foreach (var (before, after) in readings.Zip(readings.Skip(1)))
        {
            Assert.Subset(after.Made, before.Made);
        }
    }

    private Dictionary<(Guid, int), int[]> Exact(HashSet<Guid> made) => sheets.Where(sheet => made.Contains(sheet.Run))
        .GroupBy(sheet => (sheet.Provider, FinancialYear.Of(sheet.RunsOn).StartsIn)).ToDictionary(group => group.Key, group => Figures([.. group]));

    /// <summary>A figure, whose answers it is about, and what it says: how many, changed, effect, recommend.</summary>
    private sealed record Claim(string What, HashSet<Guid> About, int[] Figures, bool IsOfProviders);

    private sealed record Sheet(Guid Id, string Area, Guid Provider, Guid Run, DateOnly RunsOn, DateOnly On, bool Changed, bool Impacted, bool Recommends);

    /// <summary>Each is taken from each that holds it, alone and with all others of its year, and from itself as it was read before.</summary>
    private List<string> Found(List<Claim> told)
    {
        var (byId, found) = (sheets.ToDictionary(sheet => sheet.Id), new List<string>());
        foreach (var whole in told)
        {
            Look(whole.What, whole.About, whole.Figures);
            var parts = told.Where(part => part != whole && part.About.Count > 0 && part.About.Count <= whole.About.Count && part.About.IsSubsetOf(whole.About)).ToList();
            // What reports alone give away is the other test's.
            foreach (var part in parts.Where(part => part.IsOfProviders || whole.IsOfProviders))
            {
                Look($"{whole.What} less {part.What}", [.. whole.About.Except(part.About)], Less(whole.Figures, part.Figures));
                foreach (var other in parts.Where(other => !other.About.Overlaps(part.About)))
                {
                    Look($"{whole.What} less {part.What} and {other.What}", [.. whole.About.Except(part.About).Except(other.About)], Less(Less(whole.Figures, part.Figures), other.Figures));
                }
            }
        }

        return found;

        void Look(string how, HashSet<Guid> left, int[] figures)
        {
            if (left.Count is > 0 and < AnswerGroups.Smallest && figures.SequenceEqual(Figures([.. left.Select(id => byId[id])])))
            {
                found.Add(how);
            }
        }
    }

    private List<Claim> Told(
        IReadOnlyList<(string What, IReadOnlyDictionary<(Guid, int), int[]> Figures, HashSet<Guid> Made)> read, Func<Sheet, HashSet<Guid>, bool> isCounted) =>
        [.. read.SelectMany(reading => reading.Figures.Select(figure => new Claim(
            $"{reading.What}, {figure.Key.Item2}, {figure.Key.Item1}",
            [.. sheets.Where(sheet => FinancialYear.Of(sheet.RunsOn).StartsIn == figure.Key.Item2 && (figure.Key.Item1 == Guid.Empty || sheet.Provider == figure.Key.Item1) && isCounted(sheet, reading.Made)).Select(sheet => sheet.Id)],
            figure.Value, IsOfProviders: true)))];

    /// <summary>What the page says now of each provider and of all (no id) in each year.</summary>
    private async Task<IReadOnlyDictionary<(Guid, int), int[]>> FiguresAsync()
    {
        var report = await ProviderReport.ReadAsync(app.Database, [new(2024), new(2025)], app.Clock.Now, Ct);
        var told = new Dictionary<(Guid, int), int[]>();
        foreach (var one in report.All.Where(one => one.Id is not null).Concat([report.TogetherIn(new(2024)), report.TogetherIn(new(2025))]))
        {
            if (one.Of(SurveyMoment.ThreeMonths, Keys[0]) is { } first)
            {
                told[(one.Id ?? Guid.Empty, one.Year.StartsIn)] = [first.Base, .. Keys.Select(key => one.Of(SurveyMoment.ThreeMonths, key)!.Good)];
            }
        }

        return told;
    }

    /// <summary>All that the impact report says of months, quarters, years and both years, of each area and of all.</summary>
    private async Task<List<Claim>> ReportsAsync()
    {
        var claims = new List<Claim>();
        foreach (var (months, start, area) in from months in new[] { 1, 3, 12, 24 } from start in Enumerable.Range(0, 24 / months) from area in Areas.Append(null) select (months, start * months, area))
        {
            var (from, to) = (Begin.AddMonths(start), Begin.AddMonths(start + months).AddDays(-1));
            var report = await app.WithAsync<TrainingHubDb, ImpactReport>(async db =>
            {
                var (filter, errors) = await ReportFilter.ReadAsync(db, Reports.Impact, new(null, from.ToString("O"), to.ToString("O"), area, null, null), Ct);
                Assert.Empty(errors);
                return await ImpactReport.ReadAsync(db, app.Database, filter!, Ct);
            });
            if (report.Responses > 0)
            {
                claims.Add(new(
                    $"{from:O} {months} {area}", [.. sheets.Where(sheet => sheet.On >= from && sheet.On <= to && (area is null || sheet.Area == area)).Select(sheet => sheet.Id)],
                    [report.Responses, .. Keys.Select(key => report.Questions.Single(question => question.Key == key).Answers[0].Count)], IsOfProviders: false));
            }
        }

        return claims;
    }

    private static int[] Less(int[] figures, int[] others) => [.. figures.Zip(others, (left, right) => left - right)];

    private static int[] Figures(List<Sheet> of) => [of.Count, of.Count(sheet => sheet.Changed), of.Count(sheet => sheet.Impacted), of.Count(sheet => sheet.Recommends)];
}

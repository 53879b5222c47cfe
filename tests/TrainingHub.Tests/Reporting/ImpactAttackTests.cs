using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;
using TrainingHub.Reporting;
using TrainingHub.Surveys;
using Xunit;

namespace TrainingHub.Tests.Reporting;

/// <summary>
/// Somebody asks for every report there is, by month, quarter, year, area, course and sector, and takes one from another to be left
/// with the answers of few. The twin gets what the reports would say if they counted whatever is asked for.
/// </summary>
public sealed class ImpactAttackTests(TestApp app) : IClassFixture<TestApp>, IAsyncLifetime
{
    private static readonly string[] Areas = ["BCP", "Dorset", "Both", "Elsewhere"];
    private static readonly string[] Sectors = ["Education", "Health", "Other"];
    private static readonly string[] Courses = ["Attack One", "Attack Two", "Attack Three"];
    private static readonly DateOnly Begin = new(2024, 4, 1);
    private readonly List<Sheet> sheets = [];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var random = new Random(11);
        var rows = new List<SurveyResponse>();
        var asks = await app.Given.AskedAsync();
        List<string> scale = [.. asks.Questions.Single(question => question.Key == "confidence").Options.Select(option => option.Label)];
        var courses = await CoursesAsync();
        for (var number = 0; number < 600; number++)
        {
            var sheet = new Sheet(
                Areas[(int)(Areas.Length * random.NextDouble() * random.NextDouble())], Courses[random.Next(3)],
                Sectors[(int)(Sectors.Length * random.NextDouble() * random.NextDouble())], Begin.AddDays(random.Next(730)),
                random.Next(scale.Count), random.Next(2) == 0, random.Next(2) == 0);
            sheets.Add(sheet);
            rows.Add(Given.NewResponse(
                courses[sheet.Course], await app.Given.AreaIdAsync(sheet.Area), await app.Given.SectorIdAsync(sheet.Sector), sheet.On,
                Given.NewAnswers(asks, ("confidence", scale[sheet.Confidence]), ("changed_practice", sheet.Changed ? "Yes" : "No"), ("impacted_families", sheet.Impacted ? "Yes" : "No")),
                ResponseOrigin.Import));
        }

        await app.WithAsync<TrainingHubDb, int>(async db =>
        {
            await db.SurveyResponses.ExecuteDeleteAsync(Ct);
            db.AddRange(rows);
            return await db.SaveChangesAsync(Ct);
        });
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Attack_OnTheReports_FindsNobody()
    {
        var told = new Dictionary<Asked, int[]>();
        foreach (var asked in Everything())
        {
            if (await ReportAsync(asked) is { } figures)
            {
                told.Add(asked, figures);
            }
        }

        Assert.InRange(told.Count, 20, 1000);
        Assert.Contains(told, report => report.Key.Months == 1);
        Assert.Contains(told, report => report.Key.Course is not null);
        Assert.Empty(Found(told));
    }

    [Fact]
    public void Attack_OnReportsThatCountWhatIsAsked_FindsPeople() =>
        Assert.NotEmpty(Found(Everything().Select(asked => (asked, Sheets: Of(asked))).Where(report => report.Sheets.Count > 0)
            .ToDictionary(report => report.asked, report => Figures(report.Sheets))));

    [Fact]
    public async Task Attack_DayByDay_IsRefused()
    {
        var (filter, errors) = await app.WithAsync<TrainingHubDb, (ReportFilter?, List<ReportError>)>(db =>
            ReportFilter.ReadAsync(db, Reports.Impact, new(null, "2024-05-07", "2024-05-07", null, null, null), Ct));

        Assert.Null(filter);
        Assert.Equal(["from", "to"], errors.Select(error => error.Name));
    }

    /// <summary>Reports of few, and differences of reports that are the answers of few.</summary>
    private List<string> Found(Dictionary<Asked, int[]> told)
    {
        var found = told.Where(report => Of(report.Key).Count < AnswerGroups.Smallest && report.Value.SequenceEqual(Figures(Of(report.Key))))
            .Select(report => report.Key.ToString()).ToList();
        foreach (var (whole, figures) in told)
        {
            foreach (var (part, others) in told.Where(other => whole.Holds(other.Key)))
            {
                Look($"{whole} less {part}", [.. Of(whole).Except(Of(part))], [.. figures.Zip(others, (left, right) => left - right)]);
            }

            foreach (var parts in new[] { told.Keys.Where(part => part.Months == 1), told.Keys.Where(part => part.Months == 3), told.Keys.Where(part => part.Months == 12) })
            {
                foreach (var family in parts.Where(whole.Holds).GroupBy(part => (part.Course, part.Sector, part.Area)))
                {
                    Look(
                        $"{whole} less all of {family.Key}", [.. Of(whole).Except(family.SelectMany(Of))],
                        [.. figures.Select((figure, i) => figure - family.Sum(part => told[part][i]))]);
                }

                var areas = parts.Where(part => whole.Holds(part) && part.Area is not null && part.Months == whole.Months).ToList();
                Look($"{whole} less areas", [.. Of(whole).Except(areas.SelectMany(Of))], [.. figures.Select((figure, i) => figure - areas.Sum(part => told[part][i]))]);
            }
        }

        return found;

        void Look(string how, List<Sheet> left, int[] figures)
        {
            if (left.Count is > 0 and < AnswerGroups.Smallest && figures.SequenceEqual(Figures(left)))
            {
                found.Add(how);
            }
        }
    }

    private static IEnumerable<Asked> Everything() =>
        from months in new[] { 1, 3, 12, 24 }
        from start in Enumerable.Range(0, 24 / months)
        from area in Areas.Append(null)
        from cut in Courses.Select(course => (Course: (string?)course, Sector: (string?)null))
            .Concat(Sectors.Select(sector => (Course: (string?)null, Sector: (string?)sector))).Append((null, null))
        where months >= 12 || cut == (null, null)
        select new Asked(Begin.AddMonths(start * months), months, area, cut.Course, cut.Sector);

    private List<Sheet> Of(Asked asked) => sheets.FindAll(asked.Fits);

    /// <summary>What a report says of them: how many, each confidence, changed practice and effect on families.</summary>
    private static int[] Figures(List<Sheet> of) =>
        [of.Count, .. Enumerable.Range(0, 5).Select(option => of.Count(sheet => sheet.Confidence == option)), of.Count(sheet => sheet.Changed), of.Count(sheet => sheet.Impacted)];

    private Task<int[]?> ReportAsync(Asked asked) => app.WithAsync<TrainingHubDb, int[]?>(async db =>
    {
        var (filter, errors) = await ReportFilter.ReadAsync(
            db, Reports.Impact,
            new(null, asked.From.ToString("O"), asked.From.AddMonths(asked.Months).AddDays(-1).ToString("O"), asked.Area, await SlugAsync(db, asked.Course), asked.Sector), Ct);
        Assert.Empty(errors);
        var report = await ImpactReport.ReadAsync(db, app.Database, filter!, Ct);
        if (report.Responses == 0)
        {
            return null;
        }

        List<int> confidence = [.. report.Questions.Single(question => question.Key == "confidence").Answers.Select(answer => answer.Count)];
        return [report.Responses, .. Enumerable.Range(0, 5).Select(option => confidence.ElementAtOrDefault(option)), Yes(report, "changed_practice"), Yes(report, "impacted_families")];
    });

    private static int Yes(ImpactReport report, string question) => report.Questions.Single(one => one.Key == question).Answers[0].Count;

    private static async Task<string?> SlugAsync(TrainingHubDb db, string? title) =>
        title is null ? null : await db.Courses.Where(course => course.Title == title).Select(course => course.Slug).SingleAsync(Ct);

    private async Task<Dictionary<string, Guid>> CoursesAsync()
    {
        var courses = new Dictionary<string, Guid>();
        foreach (var title in Courses)
        {
            courses[title] = await app.WithAsync<TrainingHubDb, Guid?>(db => db.Courses.Where(course => course.Title == title).Select(course => (Guid?)course.Id).SingleOrDefaultAsync(Ct))
                ?? (await app.Given.CourseAsync(title)).Id;
        }

        return courses;
    }

    private sealed record Sheet(string Area, string Course, string Sector, DateOnly On, int Confidence, bool Changed, bool Impacted)
    {
        // Two people may answer alike.
        public Guid Id { get; } = Guid.NewGuid();
    }

    private sealed record Asked(DateOnly From, int Months, string? Area, string? Course, string? Sector)
    {
        public bool Fits(Sheet sheet) =>
            sheet.On >= From && sheet.On < From.AddMonths(Months) && (Area is null || sheet.Area == Area)
            && (Course is null || sheet.Course == Course) && (Sector is null || sheet.Sector == Sector);

        public bool Holds(Asked part) =>
            this != part && part.From >= From && part.From.AddMonths(part.Months) <= From.AddMonths(Months)
            && (Area is null || Area == part.Area) && (Course is null || Course == part.Course) && (Sector is null || Sector == part.Sector);
    }
}

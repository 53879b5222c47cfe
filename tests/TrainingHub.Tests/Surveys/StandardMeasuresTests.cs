using Microsoft.EntityFrameworkCore;
using TrainingHub.Reporting;
using TrainingHub.Surveys;
using Xunit;

namespace TrainingHub.Tests.Surveys;

/// <summary>Which answers to the standard questions are good ones, kept of a date, and how far rounding may lead from the truth.</summary>
public sealed class StandardMeasuresTests(TestApp app) : IClassFixture<TestApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Measures_OfADate_CountTheGoodAnswersTogetherAndRoundOnce()
    {
        var (asks, run) = (await app.Given.AskedAsync(), await app.Given.RunAsync((await app.Given.CourseAsync()).Id, new DateOnly(2026, 6, 2)));
        var (area, sector) = (await app.Given.AreaIdAsync(), await app.Given.SectorIdAsync());
        // Two and two good ones: 0 and 0 if each were rounded, 5 together. Six were asked.
        string[] confidence = ["Confident", "Confident", "Very Confident", "Very Confident", "Not Confident", "Not Confident"];
        await app.Given.AddAsync([.. confidence.Select((one, number) => Given.NewResponse(
            run.CourseId, area, sector, new(2026, 9, 7), Given.NewAnswers(asks, ("confidence", one), ("changed_practice", number < 3 ? "Yes" : "No"), ("recommend", "Yes")), run: run.Id))]);

        var made = await app.WithAsync<TrainingHubDb, DateEvaluation>(async db =>
        {
            await DateEvaluation.AddAsync(db, app.Clock.Now, Ct);
            await db.SaveChangesAsync(Ct);
            db.ChangeTracker.Clear();
            return await db.DateEvaluations.SingleAsync(one => one.RunId == run.Id, Ct);
        });

        Assert.Equal(
            (DateMeasure[])[new("changed_practice", 5, 5), new("confidence", 5, 5), new("impacted_families", 0, 5), new("knowledge", 0, 5), new("recommend", 5, 5)],
            made.Measures.OrderBy(one => one.Question, StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(ProviderReport.FewestDates, 17)]
    [InlineData(20, 8)]
    public void Rounding_InNineteenOfTwentyCases_IsNotFurtherOff(int dates, int points)
    {
        var random = new Random(1);
        var off = new List<double>();
        for (var provider = 0; provider < 4000; provider++)
        {
            var (share, all, good, roundedAll, roundedGood) = (((double[])[0.6, 0.75, 0.85, 0.92])[random.Next(4)], 0, 0, 0, 0);
            for (var date = 0; date < dates; date++)
            {
                var asked = random.Next(5, 19);
                var well = Enumerable.Range(0, asked).Count(_ => random.NextDouble() < share);
                (all, good, roundedAll, roundedGood) = (all + asked, good + well, roundedAll + AnswerGroups.Rounded(asked), roundedGood + AnswerGroups.Rounded(well));
            }

            off.Add(Math.Abs((100.0 * good / all) - (100.0 * roundedGood / roundedAll)));
        }

        Assert.InRange(off.Order().ElementAt(3800), 0, points);
    }
}

using TrainingHub.Platform;
using TrainingHub.Platform.Data;
using TrainingHub.Surveys;
using Xunit;

namespace TrainingHub.Tests.Surveys;

public sealed class AnswerTotalsTests
{
    [Theory]
    [InlineData("bcp-2024-25", 83)]
    [InlineData("dorset-2024-25", 31)]
    [InlineData("bcp-2026-27", 71)]
    [InlineData("dorset-2026-27", 43)]
    public void Spread_SeededTotals_AddUpToExactlyThese(string file, int count)
    {
        var totals = SeedFile.ReadJson<AnswerTotals>($"Surveys.Seed.answers-{file}.json");

        var answers = totals.Spread();

        Assert.Equal(count, answers.Count);
        Assert.All(answers, answer => Assert.True(answer.SubmittedOn <= (totals.Until ?? DateOnly.MaxValue)));
        Assert.Equal(totals.Course, Counted(answers.Select(answer => answer.Course)));
        Assert.Equal(totals.Sector, Counted(answers.Select(answer => answer.Sector)));
        Assert.Equal(totals.Confidence, Counted(answers.SelectMany(answer => Given(answer, "confidence"))));
        Assert.Equal(totals.Knowledge, Counted(answers.SelectMany(answer => Given(answer, "knowledge"))));
        Assert.Equal(totals.Toolkits, Counted(answers.SelectMany(answer => Given(answer, "toolkits")).Where(toolkit => toolkit != "None")));
        Assert.Equal(totals.UsesNone, answers.Count(answer => Given(answer, "toolkits") is ["None"]));
        Assert.Equal(totals.ChangedPractice, answers.Count(answer => SaysYes(answer, "changed_practice")));
        Assert.Equal(totals.ImpactedFamilies, answers.Count(answer => SaysYes(answer, "impacted_families")));
        Assert.Equal(totals.Recommend, answers.Count(answer => SaysYes(answer, "recommend")));
        Assert.All(answers, answer => Assert.Equal(answer.Given.Count, answer.Given.Distinct().Count()));
    }

    [Fact]
    public void Spread_Year_IsCoveredInEveryMonth()
    {
        var totals = SeedFile.ReadJson<AnswerTotals>("Surveys.Seed.answers-bcp-2024-25.json");

        var answers = totals.Spread();

        Assert.Equal(12, answers.Select(answer => answer.SubmittedOn.Month).Distinct().Count());
        Assert.All(answers, answer => Assert.Equal("2024/25", FinancialYear.Of(answer.SubmittedOn).ToString()));
    }

    [Fact]
    public void Spread_MostConfident_MoreOftenChangedSomethingThanTheLeastConfident()
    {
        var answers = SeedFile.ReadJson<AnswerTotals>("Surveys.Seed.answers-bcp-2024-25.json").Spread();

        Assert.True(Share(answers, "Very Confident") > Share(answers, "Fairly Confident"));
    }

    private static double Share(List<SeededAnswer> answers, string confidence) =>
        answers.Where(answer => Given(answer, "confidence") is [var given] && given == confidence).Average(answer => SaysYes(answer, "changed_practice") ? 1 : 0);

    private static List<string> Given(SeededAnswer answer, string question) => [.. answer.Given.Where(given => given.Question == question).Select(given => given.Label)];

    private static bool SaysYes(SeededAnswer answer, string question) => Given(answer, question) is ["Yes"];

    private static Dictionary<string, int> Counted(IEnumerable<string> given) => given.CountBy(answer => answer).ToDictionary();
}

using TrainingHub.Platform;
using TrainingHub.Platform.Data;
using TrainingHub.Surveys;
using Xunit;

namespace TrainingHub.Tests.Surveys;

public sealed class AnswerTotalsTests
{
    [Theory]
    [InlineData("bcp", 83)]
    [InlineData("dorset", 31)]
    public void Spread_SeededTotals_AddUpToExactlyThese(string area, int count)
    {
        var totals = SeedFile.ReadJson<AnswerTotals>($"Surveys.Seed.answers-{area}-2024-25.json");

        var answers = totals.Spread();

        Assert.Equal(count, answers.Count);
        Assert.Equal(totals.Course, Counted(answers.Select(answer => answer.Course)));
        Assert.Equal(totals.Sector, Counted(answers.Select(answer => answer.Sector)));
        Assert.Equal(totals.Confidence, Counted(answers.Select(answer => answer.Confidence)));
        Assert.Equal(totals.Knowledge, Counted(answers.Select(answer => answer.Knowledge)));
        Assert.Equal(totals.Toolkits, Counted(answers.SelectMany(answer => answer.Toolkits)));
        Assert.Equal(totals.UsesNone, answers.Count(answer => answer.Toolkits.Count == 0));
        Assert.Equal(totals.ChangedPractice, answers.Count(answer => answer.ChangedPractice));
        Assert.Equal(totals.ImpactedFamilies, answers.Count(answer => answer.ImpactedFamilies));
        Assert.Equal(totals.Recommend, answers.Count(answer => answer.Recommend));
        Assert.All(answers, answer => Assert.Equal(answer.Toolkits.Count, answer.Toolkits.Distinct().Count()));
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
        answers.Where(answer => answer.Confidence == confidence).Average(answer => answer.ChangedPractice ? 1 : 0);

    private static Dictionary<string, int> Counted(IEnumerable<string> given) => given.CountBy(answer => answer).ToDictionary();
}

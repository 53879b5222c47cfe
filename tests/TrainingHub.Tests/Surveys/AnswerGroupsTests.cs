using TrainingHub.Surveys;
using Xunit;

namespace TrainingHub.Tests.Surveys;

public sealed class AnswerGroupsTests
{
    private static readonly Guid[] Ids = [.. Enumerable.Range(1, 9).Select(number => new Guid(number, 0, 0, new byte[8]))];
    private static readonly DateOnly May = new(2026, 5, 12);

    [Theory]
    [InlineData("5", "")]
    [InlineData("4 4", "0 1")]
    [InlineData("6 3", "0 1")]
    [InlineData("9 6 3", "1 2")]
    [InlineData("9 6 2 3", "2 3")]
    [InlineData("9 1 1", "0 1 2")]
    public void Withheld_FewOfAKind_TakesAsManyMoreAsItNeeds(string counts, string withheld)
    {
        var cells = counts.Split(' ').Select((count, i) => (i, int.Parse(count, null))).ToList();

        Assert.Equal(withheld, string.Join(' ', AnswerGroups.Withheld(cells).Order()));
    }

    [Fact]
    public void Withheld_EnoughWithoutAKey_TakesNoMore() =>
        Assert.Equal([1], AnswerGroups.Withheld([(0, 9), (1, 2)], withoutKey: 3));

    [Fact]
    public void Of_EnoughAlike_KeepsWhatTheyShare()
    {
        var group = Assert.Single(AnswerGroups.Of(Alike(5, Ids[0], Ids[1], Ids[2], May)));

        Assert.Equal((Ids[0], Ids[1], Ids[2]), (group.AreaId, group.CourseId, group.SectorId));
        Assert.Equal((new DateOnly(2026, 4, 1), SubmittedWithin.Quarter), (group.SubmittedOn, group.SubmittedWithin));
    }

    [Fact]
    public void Of_OneSectorWithFew_WithholdsItFromAll()
    {
        var groups = AnswerGroups.Of([.. Alike(6, Ids[0], Ids[1], Ids[2], May), .. Alike(1, Ids[0], Ids[1], Ids[3], May)]);

        Assert.Equal((7, Ids[1], null), (Assert.Single(groups).Answers.Count, groups[0].CourseId, groups[0].SectorId));
    }

    [Fact]
    public void Of_TwoQuartersWithFew_KeepsTheYear()
    {
        var groups = AnswerGroups.Of([.. Alike(3, Ids[0], Ids[1], Ids[2], May), .. Alike(3, Ids[0], Ids[1], Ids[2], May.AddMonths(4))]);

        Assert.Equal((6, new DateOnly(2026, 4, 1), SubmittedWithin.Year), (Assert.Single(groups).Answers.Count, groups[0].SubmittedOn, groups[0].SubmittedWithin));
    }

    [Fact]
    public void Of_FewFromAnArea_WaitUntilOneIsDue()
    {
        List<LinkedAnswer> others = [.. Alike(9, Ids[0], Ids[1], Ids[2], May)];
        List<LinkedAnswer> waiting = [.. Alike(2, Ids[4], Ids[1], Ids[2], May, isDue: false)];
        List<LinkedAnswer> due = [.. Alike(1, Ids[4], Ids[1], Ids[2], May), .. Alike(1, Ids[5], Ids[1], Ids[2], May, isDue: false)];

        Assert.Equal(9, AnswerGroups.Of([.. others, .. waiting]).Sum(group => group.Answers.Count));
        var groups = AnswerGroups.Of([.. others, .. waiting, .. due]);
        Assert.Equal(3, Assert.Single(groups, group => group.AreaId is null).Answers.Count);
        Assert.Equal(12, groups.Sum(group => group.Answers.Count));
    }

    // Any mixture: each answer once, no group of fewer than five, and a group says of its answers only what is true of all.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Of_AnyMixture_LeavesNobodyAlone(int seed)
    {
        var random = new Random(seed);
        List<LinkedAnswer> answers = [.. Enumerable.Range(0, 400).Select(_ => new LinkedAnswer(
            Guid.NewGuid(), Ids[random.Next(2)], Ids[(int)(9 * random.NextDouble() * random.NextDouble())],
            Ids[(int)(9 * random.NextDouble() * random.NextDouble())], Ids[random.Next(2)], May.AddDays(random.Next(500)), IsDue: true))];

        var groups = AnswerGroups.Of(answers);

        Assert.Equal(answers.Select(answer => answer.Id).Order(), groups.SelectMany(group => group.Answers).Select(answer => answer.Id).Order());
        Assert.All(groups, group => Assert.True(group.Answers.Count >= AnswerGroups.Smallest));
        Assert.All(groups, group => Assert.All(group.Answers, answer =>
        {
            Assert.Equal(group.Year, answer.Year);
            Assert.Equal(group.Answers[0].VersionId, answer.VersionId);
            Assert.True(group.AreaId is null || group.AreaId == answer.AreaId);
            Assert.True(group.CourseId is null || group.CourseId == answer.CourseId);
            Assert.True(group.SectorId is null || group.SectorId == answer.SectorId);
            Assert.True(group.Quarter is null || group.Quarter == answer.Quarter);
        }));
        Assert.Equal(groups.Count, groups.DistinctBy(group => (group.Year, group.Answers[0].VersionId, group.AreaId, group.CourseId, group.Quarter, group.SectorId)).Count());
    }

    private static IEnumerable<LinkedAnswer> Alike(int count, Guid area, Guid course, Guid sector, DateOnly on, bool isDue = true) =>
        Enumerable.Range(0, count).Select(_ => new LinkedAnswer(Guid.NewGuid(), area, course, sector, Guid.Empty, on, isDue));
}

using TrainingHub.Learning;
using Xunit;

namespace TrainingHub.Tests.Learning;

/// <summary>How an action stands on a day: late from the day after its date, due soon for the fourteen days before it.</summary>
public sealed class ActionStandingTests
{
    private static readonly DateOnly Today = new(2027, 3, 15);

    [Theory]
    [InlineData(-1, "Late")]
    [InlineData(0, "Soon")]
    [InlineData(14, "Soon")]
    [InlineData(15, "OnTrack")]
    public void OpenAction_ByItsDate_Stands(int dueIn, string standing) => Assert.Equal(standing, LearningAction.Standing(ActionState.Open, Today.AddDays(dueIn), Today).ToString());

    [Fact]
    public void DoneOrClosedAction_IsNeverLate()
    {
        Assert.Equal(ActionStanding.Done, LearningAction.Standing(ActionState.Done, Today.AddDays(-90), Today));
        Assert.Equal(ActionStanding.Closed, LearningAction.Standing(ActionState.Closed, Today.AddDays(-90), Today));
    }

    // Each has words of its own, so that the colour says nothing that they do not.
    [Fact]
    public void Standings_HaveWordsOfTheirOwn() =>
        Assert.Equal(Enum.GetValues<ActionStanding>().Length, Enum.GetValues<ActionStanding>().Select(LearningWords.Standing).Distinct().Count());
}

using TrainingHub.Catalogue;
using TrainingHub.Platform;
using Xunit;

namespace TrainingHub.Tests.Catalogue;

/// <summary>Until when cancelling costs how much: whole working days before the day of the course, in London.</summary>
public sealed class CancellationTermsTests
{
    private static readonly DateTimeOffset LongBefore = new(2026, 6, 1, 9, 0, 0, TimeSpan.Zero);

    // Easter 2027 is on 28 March, the day on which the clocks go forward; they go back on 31 October.
    [Theory]
    [InlineData("2026-12-14T09:30", 3, "2026-12-09T00:00Z")]
    [InlineData("2026-12-14T09:30", 10, "2026-11-30T00:00Z")]
    [InlineData("2027-03-30T09:30", 3, "2027-03-23T00:00Z")]
    [InlineData("2027-03-30T09:30", 10, "2027-03-12T00:00Z")]
    [InlineData("2027-03-28T10:00", 3, "2027-03-23T00:00Z")]
    [InlineData("2027-04-05T10:00", 3, "2027-03-30T23:00Z")]
    [InlineData("2027-04-05T10:00", 5, "2027-03-25T00:00Z")]
    [InlineData("2027-01-04T09:30", 5, "2026-12-23T00:00Z")]
    [InlineData("2027-01-04T09:30", 10, "2026-12-16T00:00Z")]
    [InlineData("2027-10-31T10:00", 3, "2027-10-26T23:00Z")]
    [InlineData("2027-11-01T10:00", 3, "2027-10-26T23:00Z")]
    [InlineData("2027-11-03T10:00", 3, "2027-10-28T23:00Z")]
    [InlineData("2027-11-03T10:00", 2, "2027-11-01T00:00Z")]
    public void Step_WholeWorkingDaysBefore_EndsAtMidnightInLondon(string start, int days, string until)
    {
        var terms = CancellationTerms.Of(Policy((days, 0), (0, 100)), At(start));

        Assert.Equal(DateTimeOffset.Parse(until), terms.Steps[0].Until);
        Assert.Equal((0, 100), (terms.PercentAt(terms.Steps[0].Until.AddTicks(-1)), terms.PercentAt(terms.Steps[0].Until)));
    }

    [Fact]
    public void EveryDayOfThreeYears_DaysBetween_AreAsManyWholeWorkingDaysAsTheStepSays()
    {
        for (var day = new DateOnly(2026, 1, 1); day <= new DateOnly(2028, 12, 31); day = day.AddDays(1))
        {
            var terms = CancellationTerms.Of(Policy((3, 0), (0, 100)), London.Instant(day, new TimeOnly(9, 30)));
            var last = London.DateOf(terms.Steps[0].Until.AddTicks(-1));

            Assert.Equal(3, WorkingDaysBetween(last, day));
            Assert.Equal(2, WorkingDaysBetween(last.AddDays(1), day));
        }
    }

    [Fact]
    public void DefaultPolicy_ByTime_IsFreeHalfAndWhole()
    {
        var start = At("2026-12-14T09:30");
        var terms = CancellationTerms.Of(Policy((10, 0), (5, 50), (0, 100)), start);

        Assert.Equal(0, terms.PercentAt(LongBefore));
        Assert.Equal(DateTimeOffset.Parse("2026-11-30T00:00Z"), terms.FreeUntil);
        Assert.Equal(terms.Steps[0].Until, terms.NextChangeAt(LongBefore));
        Assert.Equal(4100, terms.PenceAt(8200, terms.Steps[0].Until));
        Assert.Equal(terms.Steps[1].Until, terms.NextChangeAt(terms.Steps[0].Until));
        Assert.Equal(8200, terms.PenceAt(8200, terms.Steps[1].Until));
        Assert.Null(terms.NextChangeAt(terms.Steps[1].Until));
        Assert.Equal(100, terms.PercentAt(start.AddDays(1)));
    }

    [Theory]
    [InlineData(5555, 50, 2777)]
    [InlineData(1, 50, 0)]
    [InlineData(8250, 33, 2722)]
    [InlineData(1_000_000, 100, 1_000_000)]
    public void Pence_OfAPercentage_AreRoundedOnceToThePayersGood(int price, int percent, int due) =>
        Assert.Equal(due, CancellationTerms.PenceOf(price, percent));

    [Fact]
    public void Words_OfADate_NameTheDaysAndTheSums()
    {
        var terms = CancellationTerms.Of(Policy((10, 0), (5, 50), (0, 100)), At("2026-12-14T09:30"));

        var early = CancellationWords.Paid(terms, new Money(8200), LongBefore);
        var late = CancellationWords.Paid(terms, new Money(8200), At("2026-12-10T09:30"));

        Assert.Equal("Cancel by the end of Sunday 29 November 2026: nothing is due.", early[0]);
        Assert.Equal("Cancel by the end of Sunday 6 December 2026: £41 of £82 stays due.", early[1]);
        Assert.Equal("Cancel after that: the whole price of £82 stays due.", early[2]);
        Assert.Equal("Cancel before the course begins: the whole price of £82 stays due.", late[0]);
        Assert.Contains("You can move a place to another date of the course, once, until the end of Sunday 29 November 2026.", early);
        Assert.DoesNotContain(late, line => line.Contains("move", StringComparison.Ordinal));
        Assert.All(early.Concat(CancellationWords.Of(terms.Policy)), line => Assert.True(line.Split(' ').Length < 25, line));
    }

    [Fact]
    public void Words_OfStepsThatCostTheSame_AreOne()
    {
        var terms = CancellationTerms.Of(Policy((10, 0), (5, 0), (0, 100)), At("2026-12-14T09:30"));

        Assert.Equal("Cancel by the end of Sunday 6 December 2026: nothing is due.", CancellationWords.Paid(terms, null, LongBefore)[0]);
    }

    private static DateTimeOffset At(string wall)
    {
        var local = DateTime.Parse(wall);
        return London.Instant(DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local));
    }

    private static int WorkingDaysBetween(DateOnly from, DateOnly to) =>
        Enumerable.Range(1, Math.Max(0, to.DayNumber - from.DayNumber - 1)).Count(step => WorkingDays.IsWorkingDay(from.AddDays(step)));

    internal static CancellationPolicy Policy(params (int Days, int Percent)[] tiers) => new()
    {
        Id = Guid.NewGuid(),
        StartsOn = new(2026, 4, 1),
        TierWorkingDays = [.. tiers.Select(tier => tier.Days)],
        TierPercents = [.. tiers.Select(tier => tier.Percent)],
        FreeLatePence = 0,
        AbsentHalfDayPence = 2500,
        AbsentFullDayPence = 5000,
        MoveWorkingDays = 10,
        MostMoves = 1,
        LateMinutes = 15,
        WaiverReasons = ["Illness"],
        Reason = "A test",
        AddedAt = LongBefore,
    };
}

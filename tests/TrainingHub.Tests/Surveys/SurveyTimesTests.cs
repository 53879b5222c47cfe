using TrainingHub.Platform;
using TrainingHub.Surveys;
using Xunit;

namespace TrainingHub.Tests.Surveys;

public sealed class SurveyTimesTests
{
    [Theory]
    // Ordinary days.
    [InlineData("2026-01-14", "2026-04-14")]
    [InlineData("2026-06-10", "2026-09-10")]
    // The end of a month, in leap years too.
    [InlineData("2024-11-29", "2025-02-28")]
    [InlineData("2022-11-30", "2023-02-28")]
    [InlineData("2023-11-29", "2024-02-29")]
    [InlineData("2023-11-30", "2024-02-29")]
    [InlineData("2025-11-28", "2026-03-02")]
    [InlineData("2026-08-31", "2026-11-30")]
    [InlineData("2026-03-31", "2026-06-30")]
    [InlineData("2026-01-29", "2026-04-29")]
    [InlineData("2026-01-30", "2026-04-30")]
    [InlineData("2026-01-31", "2026-04-30")]
    // Saturday and Sunday.
    [InlineData("2026-03-20", "2026-06-22")]
    [InlineData("2026-03-21", "2026-06-22")]
    [InlineData("2026-02-07", "2026-05-07")]
    // Bank holidays: Good Friday to Easter Monday, Christmas with substitute days, New Year, coronation, state funeral.
    [InlineData("2026-01-03", "2026-04-07")]
    [InlineData("2026-01-06", "2026-04-07")]
    [InlineData("2026-09-25", "2026-12-29")]
    [InlineData("2027-09-25", "2027-12-29")]
    [InlineData("2026-10-01", "2027-01-04")]
    [InlineData("2023-02-08", "2023-05-09")]
    [InlineData("2022-06-19", "2022-09-20")]
    [InlineData("2027-10-01", "2028-01-04")]
    public void DueOn_ThreeCalendarMonthsLater_IsAWorkingDay(string attendedOn, string dueOn) =>
        Assert.Equal(DateOnly.Parse(dueOn), SurveyTimes.DueOn(DateOnly.Parse(attendedOn)));

    [Theory]
    [InlineData("2026-03-27", "2026-03-27T09:00:00Z")]
    [InlineData("2026-03-30", "2026-03-30T08:00:00Z")]
    [InlineData("2026-10-23", "2026-10-23T08:00:00Z")]
    [InlineData("2026-10-26", "2026-10-26T09:00:00Z")]
    public void SendAt_OnBothSidesOfTheClockChanges_IsNineInLondon(string on, string at) =>
        Assert.Equal(DateTimeOffset.Parse(at), SurveyTimes.SendAt(DateOnly.Parse(on)));

    [Fact]
    public void ClosesAt_SentInWinterTime_IsTheEndOfTheFortySecondDayInSummerTime()
    {
        var sentAt = DateTimeOffset.Parse("2026-03-02T09:00:00Z");

        Assert.Equal(new DateOnly(2026, 4, 13), SurveyTimes.ClosesOn(sentAt));
        Assert.Equal(DateTimeOffset.Parse("2026-04-13T23:00:00Z"), SurveyTimes.ClosesAt(sentAt));
    }

    [Fact]
    public void Reminders_SentOnAMonday_ComeOnOtherWeekdaysAndAtOtherHours()
    {
        var sentAt = DateTimeOffset.Parse("2026-11-02T09:00:00Z");

        var first = SurveyTimes.FirstReminderAt(sentAt);

        Assert.Equal(DateTimeOffset.Parse("2026-11-12T12:30:00Z"), first);
        Assert.Equal(DateTimeOffset.Parse("2026-11-27T16:00:00Z"), SurveyTimes.SecondReminderAt(sentAt, first));
    }

    [Fact]
    public void Reminders_OfEveryDayOfTwoYears_ComeOnThreeWorkingDaysOfTheWeekBeforeTheClose()
    {
        for (var day = new DateOnly(2026, 1, 1); day < new DateOnly(2028, 1, 1); day = WorkingDays.OnOrAfter(day.AddDays(1)))
        {
            var sentAt = SurveyTimes.SendAt(day);
            var first = SurveyTimes.FirstReminderAt(sentAt);
            var second = SurveyTimes.SecondReminderAt(sentAt, first);
            var days = new[] { London.DateOf(sentAt), London.DateOf(first), London.DateOf(second!.Value) };

            Assert.Equal(3, days.Select(one => one.DayOfWeek).Distinct().Count());
            Assert.All(days[1..], one => Assert.True(WorkingDays.IsWorkingDay(one)));
            Assert.True(days[1] >= days[0].AddDays(10) && days[2] >= days[1].AddDays(7) && second < SurveyTimes.ClosesAt(sentAt));
        }
    }

    [Fact]
    public void SecondReminder_FirstWentOutLate_LeavesAWeekOrIsLeftOut()
    {
        var sentAt = DateTimeOffset.Parse("2026-11-02T09:00:00Z");

        Assert.Equal(DateTimeOffset.Parse("2026-12-08T16:00:00Z"), SurveyTimes.SecondReminderAt(sentAt, sentAt.AddDays(28)));
        Assert.Null(SurveyTimes.SecondReminderAt(sentAt, sentAt.AddDays(36)));
    }

    [Fact]
    public void WorkingDays_DataEndsWithinAYear_IsSaid()
    {
        var end = WorkingDays.KnownUntil;

        Assert.False(WorkingDays.EndSoon(end.AddYears(-1).AddDays(-1)));
        Assert.True(WorkingDays.EndSoon(end.AddYears(-1)));
    }

    [Fact]
    public void WorkingDays_AllKnownYears_HaveEightBankHolidaysAYearAndTheThreeSpecialOnes()
    {
        var weekdays = 0;
        var working = 0;
        for (var day = new DateOnly(2021, 1, 1); day <= WorkingDays.KnownUntil; day = day.AddDays(1))
        {
            weekdays += day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 0 : 1;
            working += WorkingDays.IsWorkingDay(day) ? 1 : 0;
        }

        Assert.Equal(new DateOnly(2028, 12, 31), WorkingDays.KnownUntil);
        Assert.Equal((8 * 8) + 3, weekdays - working);
    }
}

using TrainingHub.Bookings;
using TrainingHub.Platform;
using Xunit;

namespace TrainingHub.Tests.Bookings;

public sealed class OfferTimesTests
{
    private static readonly DateTimeOffset Far = At("2027-06-01 09:00");

    [Theory]
    [InlineData("2026-11-30 09:00", "2026-11-30 17:00")]
    [InlineData("2026-11-30 10:30", "2026-12-01 10:30")]
    [InlineData("2026-12-04 16:50", "2026-12-07 16:50")]
    [InlineData("2026-12-05 03:00", "2026-12-07 17:00")]
    [InlineData("2026-12-24 16:00", "2026-12-29 16:00")]
    [InlineData("2026-11-30 17:00", "2026-12-01 17:00")]
    [InlineData("2027-03-26 12:00", "2027-03-30 17:00")]
    public void Until_DateIsFar_RunsForEightWorkingHours(string made, string until) =>
        Assert.Equal(At(until), OfferTimes.Until(At(made), Far, new()));

    [Theory]
    [InlineData("2026-12-04 16:50", "2026-12-07 09:00", "2026-12-06 00:55")]
    [InlineData("2026-12-01 09:00", "2026-12-01 11:00", "2026-12-01 10:00")]
    [InlineData("2026-12-01 09:00", "2026-12-01 10:30", "2026-12-01 10:00")]
    [InlineData("2026-12-01 09:00", "2026-12-01 09:20", "2026-12-01 09:20")]
    public void Until_BookingClosesSoon_IsHalfTheTimeButAnHourAndNeverLater(string made, string closes, string until) =>
        Assert.Equal(At(until), OfferTimes.Until(At(made), At(closes), new()));

    [Fact]
    public void Until_OnAnyMoment_IsOnTheMinuteAndInWorkingHours()
    {
        for (var made = At("2026-12-01 00:00").AddSeconds(7); made < At("2027-01-10 00:00"); made += TimeSpan.FromMinutes(37))
        {
            var until = OfferTimes.Until(made, Far, new());

            Assert.Equal(0, until.Second);
            Assert.True(WorkingDays.IsWorkingDay(London.DateOf(until)));
            Assert.InRange(London.At(until).TimeOfDay, TimeSpan.FromHours(9), TimeSpan.FromHours(17));
        }
    }

    private static DateTimeOffset At(string wall) =>
        London.Instant(DateOnly.Parse(wall[..10], System.Globalization.CultureInfo.InvariantCulture), TimeOnly.Parse(wall[11..], System.Globalization.CultureInfo.InvariantCulture));
}

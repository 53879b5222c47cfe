using TrainingHub.Platform;
using Xunit;

namespace TrainingHub.Tests.Platform;

public sealed class LondonWordsTests
{
    [Theory]
    [InlineData("09:30", "12:00", "9:30am to midday")]
    [InlineData("12:00", "15:00", "midday to 3pm")]
    [InlineData("12:30", "12:45", "12:30pm to 12:45pm")]
    [InlineData("22:00", "00:00", "10pm to midnight")]
    [InlineData("00:00", "00:30", "midnight to 12:30am")]
    public void Times_TwelveOClock_IsNamed(string from, string to, string words)
    {
        var day = new DateOnly(2027, 1, 15);
        var ends = TimeOnly.Parse(to) < TimeOnly.Parse(from) ? day.AddDays(1) : day;

        Assert.Equal(words, London.Times(London.Instant(day, TimeOnly.Parse(from)), London.Instant(ends, TimeOnly.Parse(to))));
    }
}

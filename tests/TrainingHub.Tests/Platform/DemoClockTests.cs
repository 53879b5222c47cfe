using TrainingHub.Platform;
using TrainingHub.Platform.Commands;
using Xunit;

namespace TrainingHub.Tests.Platform;

public sealed class DemoClockTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("traininghub-clock-").FullName;

    [Fact]
    public void MoveTo_AnotherProcessMoved_IsFollowed()
    {
        var (server, commandLine) = (new DemoClock(folder), new DemoClock(folder));
        var before = server.GetUtcNow();

        commandLine.MoveTo(TimeSpan.FromDays(92));

        Assert.True(SpinWait.SpinUntil(() => server.GetUtcNow() >= before.AddDays(92), TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public void GetUtcNow_NothingMoved_IsTheRealTime() =>
        Assert.Equal(TimeProvider.System.GetUtcNow(), new DemoClock(folder).GetUtcNow(), TimeSpan.FromSeconds(5));

    [Fact]
    public void GetUtcNow_FileIsSpoilt_IsTheRealTime()
    {
        File.WriteAllText(Path.Combine(folder, "clock"), "tomorrow");

        Assert.Equal(TimeSpan.Zero, new DemoClock(folder).Offset);
    }

    [Theory]
    [InlineData("+92d", "2027-02-02T10:00Z")]
    [InlineData("+3h", "2026-11-02T13:00Z")]
    [InlineData("+2w", "2026-11-16T10:00Z")]
    [InlineData("+3mo", "2027-02-02T10:00Z")]
    public void Moved_Step_GivesTheInstant(string step, string expected) =>
        Assert.Equal(DateTimeOffset.Parse(expected), DemoVerb.Moved(TestClock.Start, step));

    [Theory]
    [InlineData("92d")]
    [InlineData("-1d")]
    [InlineData("+3m")]
    [InlineData("+12345d")]
    [InlineData("tomorrow")]
    public void Moved_NoStep_GivesNothing(string step) => Assert.Null(DemoVerb.Moved(TestClock.Start, step));

    public void Dispose() => Directory.Delete(folder, recursive: true);
}

using System.Text;
using TrainingHub.Platform.Calendar;
using Xunit;

namespace TrainingHub.Tests.Platform.Calendar;

public sealed class CalendarFileTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 10, 0, 0, TimeSpan.Zero);

    private static readonly CalendarEvent Winter = new(
        "run-1@training.example", 0, "Safeguarding L2", new(2027, 3, 27, 9, 30, 0, TimeSpan.Zero), new(2027, 3, 27, 12, 30, 0, TimeSpan.Zero));

    [Fact]
    public void Write_WinterDate_IsWrittenInLondonTime()
    {
        var file = CalendarFile.Write("Courses", [Winter], Now);

        Assert.Contains("\r\nDTSTART;TZID=Europe/London:20270327T093000\r\nDTEND;TZID=Europe/London:20270327T123000\r\n", file, StringComparison.Ordinal);
        Assert.Contains("\r\nDTSTAMP:20261120T100000Z\r\n", file, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_SummerDate_IsOneHourAhead()
    {
        var summer = Winter with { StartsAt = new(2027, 3, 28, 9, 30, 0, TimeSpan.Zero), EndsAt = new(2027, 3, 28, 11, 30, 0, TimeSpan.Zero) };

        var file = CalendarFile.Write("Courses", [summer], Now);

        Assert.Contains("DTSTART;TZID=Europe/London:20270328T103000\r\n", file, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Rooms 1, 2; and \\3")]
    [InlineData("First line\nsecond line\r\nthird")]
    [InlineData("Siân, Łukasz & 👩‍👧‍👦 — “quotes” \"plain\" 100% N\\n")]
    [InlineData("A:B;C=D")]
    [InlineData("")]
    public void Write_TrickyText_ReadsBackTheSame(string text)
    {
        var file = CalendarFile.Write(text, [Winter with { Summary = text, Location = text, Description = text }], Now);

        Assert.Equal(text.ReplaceLineEndings("\n"), Read(file, "SUMMARY"));
        Assert.Equal(text.ReplaceLineEndings("\n"), Read(file, "LOCATION"));
        Assert.Equal(text.ReplaceLineEndings("\n"), Read(file, "DESCRIPTION"));
        Assert.Equal(text.ReplaceLineEndings("\n"), Read(file, "X-WR-CALNAME"));
    }

    [Fact]
    public void Write_ControlCharacters_CannotMakeALineOfTheirOwn()
    {
        var file = CalendarFile.Write("Courses", [Winter with { Summary = "A\r\nATTENDEE:x\u0000\u0007", Url = "https://x.example/\r\nBEGIN:VALARM" }], Now);

        Assert.DoesNotContain("\r\nATTENDEE", file, StringComparison.Ordinal);
        Assert.DoesNotContain("\r\nBEGIN:VALARM", file, StringComparison.Ordinal);
        Assert.DoesNotContain(file, letter => char.IsControl(letter) && letter is not ('\r' or '\n'));
    }

    [Fact]
    public void Write_LongLines_AreFoldedAt75BytesBetweenCharacters()
    {
        var text = string.Concat(Enumerable.Repeat("é漢👩x", 60));

        var file = CalendarFile.Write("Courses", [Winter with { Description = text }], Now);

        Assert.All(file.Split("\r\n"), line => Assert.InRange(Encoding.UTF8.GetByteCount(line), 0, 75));
        Assert.Contains(file.Split("\r\n"), line => Encoding.UTF8.GetByteCount(line) > 70);
        Assert.DoesNotContain('\uFFFD', Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(file)));
        Assert.Equal(text, Read(file, "DESCRIPTION"));
        Assert.Equal(-1, file.Replace("\r\n", "", StringComparison.Ordinal).IndexOfAny(['\r', '\n']));
    }

    [Fact]
    public void Write_CancelledDate_SaysSo()
    {
        var file = CalendarFile.Write("Courses", [Winter with { IsCancelled = true, Sequence = 3 }], Now);

        Assert.Equal("CANCELLED", Read(file, "STATUS"));
        Assert.Equal("3", Read(file, "SEQUENCE"));
        Assert.Equal("PUBLISH", Read(file, "METHOD"));
    }

    [Fact]
    public void Write_EachThingThatBegins_Ends()
    {
        var open = new Stack<string>();

        foreach (var line in CalendarFile.Write("Courses", [Winter, Winter with { Uid = "run-2@training.example" }], Now).Split("\r\n"))
        {
            if (line.StartsWith("BEGIN:", StringComparison.Ordinal))
            {
                open.Push(line[6..]);
            }
            else if (line.StartsWith("END:", StringComparison.Ordinal))
            {
                Assert.Equal(open.Pop(), line[4..]);
            }
        }

        Assert.Empty(open);
    }

    [Fact]
    public void Write_NoEvents_IsStillACalendar()
    {
        var file = CalendarFile.Write("Courses", [], Now);

        Assert.StartsWith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", file, StringComparison.Ordinal);
        Assert.EndsWith("END:VCALENDAR\r\n", file, StringComparison.Ordinal);
    }

    /// <summary>What a calendar program reads as the first value of that name: unfolded and unescaped, byte for byte as RFC 5545 says.</summary>
    private static string Read(string file, string name)
    {
        var line = file.Replace("\r\n ", "", StringComparison.Ordinal).Split("\r\n").First(l => l.StartsWith(name + ":", StringComparison.Ordinal));
        var value = new StringBuilder();
        for (var i = name.Length + 1; i < line.Length; i++)
        {
            value.Append(line[i] != '\\' ? line[i] : line[++i] is 'n' or 'N' ? '\n' : line[i]);
        }

        return value.ToString();
    }
}

using TrainingHub.Platform.Commands;
using Xunit;

namespace TrainingHub.Tests.Platform.Commands;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("", "serve", "")]
    [InlineData("serve", "serve", "")]
    [InlineData("--urls=http://localhost:1", "serve", "--urls=http://localhost:1")]
    [InlineData("serve --no-jobs --empty", "serve", "--Jobs:Enabled=false --Demo:Empty=true")]
    [InlineData("work", "work", "")]
    [InlineData("work --once SendDueSurveys", "work --once", "")]
    [InlineData("report programme --year 2022/23", "report", "")]
    [InlineData("--help", "help", "")]
    public void Parse_KnownWords_GivesVerbAndSettings(string words, string verb, string settings)
    {
        var line = CommandLine.Parse(words.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal((verb, settings), (line.Verb, string.Join(' ', line.Settings)));
    }

    [Theory]
    [InlineData("serve --nojobs")]
    [InlineData("serve 5080")]
    [InlineData("work once")]
    public void Parse_UnknownOption_IsRefused(string words) =>
        Assert.Throws<UsageException>(() => CommandLine.Parse(words.Split(' ')));
}

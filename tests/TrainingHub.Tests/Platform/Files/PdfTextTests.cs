using TrainingHub.Platform.Files;
using Xunit;

namespace TrainingHub.Tests.Platform.Files;

public sealed class PdfTextTests
{
    [Theory]
    [InlineData("", new[] { "" })]
    [InlineData("one two", new[] { "one two" })]
    [InlineData("one two three", new[] { "one two", "three" })]
    [InlineData("one\ntwo", new[] { "one", "two" })]
    [InlineData("extraordinarily", new[] { "extraor", "dinaril", "y" })]
    [InlineData("a extraordinarily b", new[] { "a", "extraor", "dinaril", "y b" })]
    public void Lines_OfSevenLetters_BreakAtSpacesFirst(string text, string[] lines) =>
        Assert.Equal(lines, PdfText.Lines(text, 7, part => part.Length));

    [Fact]
    public void Lines_PairOfSurrogatesAtTheEdge_StaysTogether() =>
        Assert.All(PdfText.Lines(string.Concat(Enumerable.Repeat("\U0001F600", 9)), 5, part => part.Length), line => Assert.Equal(0, line.Length % 2));
}

using Xunit;

namespace TrainingHub.Tests.House;

public sealed class SizeTests(ITestOutputHelper output)
{
    private const int Longest = 300;

    [Fact]
    public void SourceFiles_AsTheyStand_HaveAtMost300Lines()
    {
        var sizes = new[] { "src", "emails", "tests" }
            .SelectMany(folder => SourceTree.Read(folder, ".cs", ".cshtml", ".razor", ".sql").Select(file => (Path: $"{folder}/{file.Key}", Lines: file.Value.Count(c => c == '\n'))))
            .OrderBy(file => file.Lines)
            .ToList();

        output.WriteLine($"{sizes.Count} source files, median {sizes[sizes.Count / 2].Lines} lines, 95th percentile {sizes[sizes.Count * 95 / 100].Lines}, longest {sizes[^1].Lines} ({sizes[^1].Path})");
        Assert.DoesNotContain(sizes, file => file.Lines > Longest);
    }
}

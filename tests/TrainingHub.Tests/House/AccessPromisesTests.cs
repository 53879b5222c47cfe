using System.Text.RegularExpressions;
using Xunit;

namespace TrainingHub.Tests.House;

/// <summary>Each promise about access has tests, and the People room's README says which.</summary>
public sealed partial class AccessPromisesTests
{
    private const string Begin = "<!-- promises: made by AccessPromisesTests -->";
    private const string End = "<!-- promises: end -->";

    [Fact]
    public void Promises_AllTwenty_AreShownOrSayWhyNot()
    {
        Assert.Equal(Enumerable.Range(1, 20).Select(number => $"A-{number:00}"), AccessPromises.All.Select(promise => promise.Id));
        Assert.All(AccessPromises.All, promise => Assert.True(promise.ShownBy.Count > 0 || promise.Open is not null, promise.Id));
    }

    [Fact]
    public void Classes_ThatShowThem_AreThereAndHoldTests()
    {
        var classes = SourceTree.Read("tests", ".cs").Values.Where(text => Test().IsMatch(text))
            .SelectMany(text => Class().Matches(text)).Select(found => found.Groups["name"].Value).ToHashSet();

        Verdict.NoFaults(
            from promise in AccessPromises.All
            from name in promise.ShownBy
            where !classes.Contains(name)
            select $"{promise.Id}: there is no {name}");
    }

    [Fact]
    public void Table_InTheReadme_IsThisList()
    {
        var readme = File.ReadAllText(Path.Combine(SourceTree.Root, "src/TrainingHub/People/README.md"));

        var (from, to) = (readme.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, readme.IndexOf(End, StringComparison.Ordinal));
        var written = to < from ? "" : readme[from..to].Trim();

        Assert.True(written == Table(), $"The table in src/TrainingHub/People/README.md should be:\n{Table()}");
    }

    private static string Table() => string.Join('\n', AccessPromises.All
        .Select(promise => $"| {promise.Id} | {promise.Words} | {string.Join(", ", promise.ShownBy.Select(name => $"`{name}`"))}{(promise.Open is null ? "" : promise.ShownBy.Count > 0 ? $"; open: {promise.Open}" : promise.Open)} |")
        .Prepend("| --- | --- | --- |").Prepend("| promise | what | shown by |"));

    [GeneratedRegex(@"\[(Fact|Theory)\b")]
    private static partial Regex Test();

    [GeneratedRegex(@"^public sealed (partial )?class (?<name>\w+Tests)\b", RegexOptions.Multiline)]
    private static partial Regex Class();
}

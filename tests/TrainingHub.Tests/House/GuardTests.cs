using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Xunit;

namespace TrainingHub.Tests.House;

/// <summary>
/// What only a test may change in the program is called Guard: a statement that looks and writes in one, for its twin without
/// that (see <see cref="Unguarded"/>). Nothing else can be switched from outside.
/// </summary>
public sealed partial class GuardTests
{
    private const BindingFlags Declared =
        BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static readonly Type[] Types =
        [.. typeof(TrainingHubDb).Assembly.GetTypes().Where(type => !type.IsDefined(typeof(CompilerGeneratedAttribute)))];

    [Fact]
    public void Seams_OfTheProgram_AreGuards() => Verdict.NoFaults(
        Types.SelectMany(SeamsOf).Where(seam => seam is not PropertyInfo { Name: "Guard" }).Select(seam => $"{seam.DeclaringType}.{seam.Name} can be switched by tests alone"));

    [Fact]
    public void Guards_InTheProgram_AreNeverChangedByIt() => Verdict.NoFaults(
        SourceTree.Read("src", ".cs", ".cshtml").Where(file => Change().IsMatch(file.Value)).Select(file => $"{file.Key} changes a Guard"));

    [Fact]
    public void Guards_InTheProgram_HaveATwinWithoutThem()
    {
        var tests = SourceTree.Read("tests", ".cs").Values.Where(text => Change().IsMatch(text)).ToList();

        Verdict.NoFaults(
            from type in Types
            where SeamsOf(type).Any() && !tests.Exists(text => text.Contains(type.Name, StringComparison.Ordinal))
            select $"no test takes the Guard of {type.Name} away");
    }

    [Theory]
    [InlineData(typeof(WithProperty))]
    [InlineData(typeof(WithField))]
    public void SeamByAnotherName_IsSeen(Type type) => Assert.Single(SeamsOf(type));

    // Settable inside the assembly only: by the program itself, which is checked by its text, or by tests.
    private static IEnumerable<MemberInfo> SeamsOf(Type type) =>
        type.GetProperties(Declared).Where(property => property.SetMethod is { IsAssembly: true }).Concat<MemberInfo>(
            type.GetFields(Declared).Where(field => field is { IsAssembly: true, IsInitOnly: false, IsLiteral: false } && !field.IsDefined(typeof(CompilerGeneratedAttribute))));

    [GeneratedRegex(@"\bGuard\s*=(?![=>])")]
    private static partial Regex Change();

    private sealed class WithProperty
    {
        internal string Statement { get; init; } = "";
    }

    private sealed class WithField
    {
        internal static string Claim = "";

        public override string ToString() => Claim;
    }
}

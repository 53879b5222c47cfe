using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.DependencyInjection;
using TrainingHub.Platform.Commands;
using TrainingHub.Platform.Data;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Files;
using TrainingHub.Platform.Jobs;
using Xunit;

namespace TrainingHub.Tests.House;

/// <summary>
/// Jobs, verbs, seeds and imports run because the Feature file of their room adds them, and pages work because what they ask for in
/// their constructors is added there too. Whatever was forgotten is named.
/// </summary>
public sealed class WiringTests(TestApp app) : IClassFixture<TestApp>
{
    // There only where a mailbox is set.
    private static readonly string[] BySetting = [nameof(ReadBounces)];

    private static readonly Type[] Types =
        [.. typeof(TrainingHubDb).Assembly.GetTypes().Where(type => type is { IsClass: true, IsAbstract: false, IsGenericTypeDefinition: false })];

    [Fact]
    public void Jobs_OfTheProgram_AreAdded() => Verdict.NoFaults(
        Implementing(typeof(IJob)).Select(type => type.Name).Except(BySetting).Except(app.Services.GetServices<JobEntry>().Select(entry => entry.Name))
            .Select(name => $"{name}: no Feature file says AddJob<{name}>()"));

    [Fact]
    public void Seeds_OfTheProgram_AreAdded() => Verdict.NoFaults(
        Implementing(typeof(ISeed)).Select(type => type.Name).Except(app.Services.GetServices<SeedEntry>().Select(entry => entry.Name))
            .Select(name => $"{name}: no Feature file says AddSeed<{name}>()"));

    [Fact]
    public void Verbs_OfTheProgram_AreAdded() => Verdict.NoFaults(
        from type in Implementing(typeof(IVerb))
        where !app.Services.GetServices<VerbEntry>().Any(entry => entry.Name == (string?)type.GetProperty(nameof(IVerb.Name))!.GetValue(null))
        select $"{type.Name}: no Feature file says AddVerb<{type.Name}>()");

    [Fact]
    public void Imports_OfTheProgram_AreAdded() => Verdict.NoFaults(
        from type in Implementing(typeof(IImport))
        where !app.Services.GetServices<ImportEntry>().Any(entry => ReferenceEquals(entry.Kind, type.GetProperty(nameof(IImport.Kind))!.GetValue(null)))
        select $"{type.Name}: no Feature file says AddImport<{type.Name}>()");

    [Fact]
    public void Constructors_OfPagesAndWhatTheyUse_AskForWhatIsAdded() => Verdict.NoFaults(
        Missing([.. Implementing(typeof(PageModel)), .. Implementing(typeof(IJob)), .. Implementing(typeof(ISeed)), .. Implementing(typeof(IVerb)), .. Implementing(typeof(IImport))]));

    [Fact]
    public void ClassThatNobodyAdds_IsNamed() =>
        Assert.Equal(["PageOfTheTest asks for CommandOfTheTest, which no Feature file adds"], Missing([typeof(PageOfTheTest)]));

    private static IEnumerable<Type> Implementing(Type contract) => Types.Where(type => type.IsAssignableTo(contract));

    /// <summary>What these classes ask for, and what that asks for in turn, and is not there.</summary>
    private List<string> Missing(IEnumerable<Type> first)
    {
        var known = app.Services.GetRequiredService<IServiceProviderIsService>();
        var (missing, left, seen) = (new List<string>(), new Queue<Type>(first), new HashSet<Type>());
        while (left.TryDequeue(out var type))
        {
            // What asks for a text or a number is made by its Feature file itself.
            var wanted = type.GetConstructors().SelectMany(made => made.GetParameters()).Select(parameter => parameter.ParameterType);
            foreach (var asked in wanted.Where(asked => asked != typeof(string) && !asked.IsValueType && seen.Add(asked)))
            {
                if (!known.IsService(asked))
                {
                    missing.Add($"{type.Name} asks for {asked.Name}, which no Feature file adds");
                }
                else if (Types.Contains(asked))
                {
                    left.Enqueue(asked);
                }
            }
        }

        return missing;
    }

    private sealed class CommandOfTheTest;

    private sealed class PageOfTheTest(CommandOfTheTest command)
    {
        public override string ToString() => command.ToString()!;
    }
}

using TrainingHub.Platform.Data;
using TrainingHub.Reporting;
using Xunit;

namespace TrainingHub.Tests.Reporting;

/// <summary>Every invariant holds on a small sound world, and is seen broken once that world is spoilt in one way.</summary>
public sealed class AuditTests(TestDatabase databases)
{
    private static readonly DateTimeOffset Now = TestClock.Start;

    public static TheoryData<string, string> Faults => [.. AuditFaults.All.Select(fault => (fault.Number, fault.Words))];

    [Fact]
    public async Task Audit_OfASoundWorld_FindsNothing()
    {
        await using var world = await AuditWorld.MakeAsync(databases);
        await world.HistoryAsync(3, linked: true);
        await world.HistoryAsync(1, linked: false);

        var lines = await Audit.RunAsync(world.Database, Now, TestContext.Current.CancellationToken);

        Assert.Equal(SqlFile.In("TrainingHub.Reporting.Sql.Invariants").Count(), lines.Count);
        Assert.DoesNotContain(lines, line => line.Broken > 0);
        Assert.Equal(0, await VerbAsync(world));
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Audit_OfASpoiltWorld_NamesTheInvariant(string number, string fault)
    {
        await using var world = await AuditWorld.MakeAsync(databases);
        await AuditFaults.All.Single(one => one.Number == number && one.Words == fault).SpoilAsync(world);

        var lines = await Audit.RunAsync(world.Database, Now, TestContext.Current.CancellationToken);

        var name = SqlFile.In("TrainingHub.Reporting.Sql.Invariants").Single(file => file.Contains($".Invariants.{number}_", StringComparison.Ordinal));
        var words = SqlFile.Read(name).Split('\n')[0].TrimStart('-', ' ');
        Assert.True(lines.Single(line => line.Invariant == words).Broken > 0, $"{words} was not seen broken.");
    }

    // One is enough: the verb prints every line, and its exit code knows no single invariant.
    [Fact]
    public async Task Verb_OfASpoiltWorld_ExitsWithOne()
    {
        await using var world = await AuditWorld.MakeAsync(databases);
        await world.ExecuteAsync("update payments set problem = 'AmountDiffers'");

        Assert.Equal(1, await VerbAsync(world));
    }

    [Fact]
    public void Faults_AreThereForEveryInvariant()
    {
        var tested = AuditFaults.All.Select(fault => fault.Number);

        Assert.DoesNotContain(
            SqlFile.In("TrainingHub.Reporting.Sql.Invariants"), file => !tested.Any(number => file.Contains($".Invariants.{number}_", StringComparison.Ordinal)));
    }

    private static async Task<int> VerbAsync(AuditWorld world) =>
        await new AuditVerb(world.Database, new TestClock()).RunAsync([], TestContext.Current.CancellationToken);
}

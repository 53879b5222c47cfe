using Xunit;

namespace TrainingHub.Tests.House;

internal static class Verdict
{
    /// <summary>Fails with every fault written out, one on a line.</summary>
    public static void NoFaults(IEnumerable<string> faults)
    {
        var all = faults.Order(StringComparer.Ordinal).ToList();
        if (all is not [])
        {
            Assert.Fail(string.Join('\n', all));
        }
    }
}

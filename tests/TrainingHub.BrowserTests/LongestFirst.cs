using TrainingHub.BrowserTests.Platform;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(TrainingHub.BrowserTests.LongestFirst))]

namespace TrainingHub.BrowserTests;

/// <summary>Begins with the walk over all pages of staff, which takes as long as half of the others: begun last, everything would wait for it.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(collection => !collection.TestCollectionDisplayName.Contains(nameof(StaffPagesTests), StringComparison.Ordinal))];
}

using TrainingHub.BrowserTests;
using TrainingHub.BrowserTests.Platform;
using TrainingHub.BrowserTests.Surveys;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(LongestFirst))]

namespace TrainingHub.BrowserTests;

/// <summary>Starts the classes that take longest first: two run at a time, and a long one at the end would run alone.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Long = [nameof(PublicPagesTests), nameof(StaffPagesTests), nameof(SurveyJourneyTests)];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(collection => Array.FindIndex(Long, name => collection.TestCollectionDisplayName.Contains($".{name} ", StringComparison.Ordinal)) is >= 0 and var place ? place : Long.Length)];
}

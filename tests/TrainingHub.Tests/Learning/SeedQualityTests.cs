using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TrainingHub.Learning;
using TrainingHub.Platform.Data;
using TrainingHub.Surveys;
using TrainingHub.Tests.Catalogue;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Learning;

/// <summary>The demonstration has something to do about providers, and marks what it invented.</summary>
public sealed class SeedQualityTests(CatalogueApp app) : IClassFixture<CatalogueApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Quality_SeededTwice_StandsOnceAndOnToday()
    {
        await SeedAsync();
        await SeedAsync();

        var words = await app.WithAsync(async (TrainingHubDb db) => (
            await db.ProviderReviews.Select(one => one.Words).SingleAsync(Ct),
            await db.CourseObservations.Select(one => one.WentWell).SingleAsync(Ct),
            await db.ProviderDocuments.CountAsync(Ct)));
        Assert.StartsWith("(Invented example)", words.Item1, StringComparison.Ordinal);
        Assert.StartsWith("(Invented example)", words.Item2, StringComparison.Ordinal);
        Assert.Equal(4, words.Item3);
        var today = (await (await app.BrowseAsStaffAsync()).GetAsync("/staff")).Main;
        Assert.Contains("The contract with Kingfisher Training (example) ends", today, StringComparison.Ordinal);
        Assert.Contains("Public liability insurance of Kingfisher Training (example) runs out", today, StringComparison.Ordinal);
        Assert.Contains("Review Purbeck Safeguarding Trainers (example)", today, StringComparison.Ordinal);
        Assert.Contains("Follow up what was agreed about Neglect", today, StringComparison.Ordinal);
    }

    private async Task SeedAsync()
    {
        await using var scope = app.Scope();
        foreach (var name in (string[])[nameof(SeedQuality), nameof(SeedEvaluations)])
        {
            await app.Services.GetServices<SeedEntry>().Single(seed => seed.Name == name).RunAsync(scope.ServiceProvider, Ct);
        }
    }
}

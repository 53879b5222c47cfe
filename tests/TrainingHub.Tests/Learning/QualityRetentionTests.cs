using Microsoft.EntityFrameworkCore;
using TrainingHub.Learning;
using TrainingHub.Platform;
using Xunit;

namespace TrainingHub.Tests.Learning;

/// <summary>What is known of providers goes when its rule says so, and not a day before. It is 2 November 2026.</summary>
public sealed class QualityRetentionTests(TestDatabase databases) : IAsyncLifetime
{
    private readonly TestApp app = new(databases);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private DateOnly Today => London.DateOf(app.Clock.GetUtcNow());

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Theory]
    [InlineData(1, 0)]
    [InlineData(0, 1)]
    public async Task Document_ContractEnded_GoesAfterTwoYears(int daysBefore, int left)
    {
        var provider = await app.Given.ProviderAsync(contractUntil: Today.AddMonths(-ProviderDocument.KeptMonths).AddDays(-daysBefore));
        var earlier = await app.Given.DocumentAsync(provider.Id, lastOn: null);
        await app.Given.DocumentAsync(provider.Id, lastOn: null, replaces: earlier);

        await app.RunJobAsync(nameof(ForgetQuality));

        Assert.Equal(left * 2, await app.WithAsync((TrainingHubDb db) => db.ProviderDocuments.CountAsync(Ct)));
    }

    [Fact]
    public async Task Document_OfAProviderWithAComingDate_Stays()
    {
        var provider = await app.Given.ProviderAsync(contractUntil: Today.AddYears(-5));
        await app.Given.DocumentAsync(provider.Id, lastOn: null);
        await app.Given.RunByAsync((await app.Given.CourseAsync()).Id, provider.Id, Today.AddDays(3));

        await app.RunJobAsync(nameof(ForgetQuality));

        Assert.Equal(1, await app.WithAsync((TrainingHubDb db) => db.ProviderDocuments.CountAsync(Ct)));
    }

    [Fact]
    public async Task Document_ReplacedLongAgo_GoesAndTheNewerCounts()
    {
        var provider = (await app.Given.ProviderAsync()).Id;
        var earlier = await app.Given.DocumentAsync(provider, lastOn: null);
        var newer = await app.Given.DocumentAsync(provider, lastOn: null, replaces: earlier);
        app.Clock.Advance(TimeSpan.FromDays(740));

        await app.RunJobAsync(nameof(ForgetQuality));

        Assert.Equal([newer], await app.WithAsync((TrainingHubDb db) => ProviderDocument.Current(db).Select(one => one.Id).ToListAsync(Ct)));
        Assert.Equal(1, await app.WithAsync((TrainingHubDb db) => db.ProviderDocuments.CountAsync(Ct)));
    }

    [Fact]
    public async Task ObservationAndReview_GoWithTheirYears()
    {
        var (course, provider) = ((await app.Given.CourseAsync()).Id, (await app.Given.ProviderAsync()).Id);
        await app.Given.ObservationAsync((await app.Given.RunByAsync(course, provider, Today.AddMonths(-CourseObservation.KeptMonths).AddDays(-1))).Id);
        var kept = await app.Given.ObservationAsync((await app.Given.RunByAsync(course, provider, Today.AddMonths(-CourseObservation.KeptMonths).AddDays(1))).Id);
        await app.Given.ReviewAsync(provider, Today.AddMonths(-ProviderReview.KeptMonths).AddDays(-1), Today);
        var review = await app.Given.ReviewAsync(provider, Today.AddMonths(-ProviderReview.KeptMonths), Today);

        Assert.Equal(2, await app.RunJobAsync(nameof(ForgetQuality)));

        Assert.Equal([kept.Id], await app.WithAsync((TrainingHubDb db) => db.CourseObservations.Select(one => one.Id).ToListAsync(Ct)));
        Assert.Equal([review.Id], await app.WithAsync((TrainingHubDb db) => db.ProviderReviews.Select(one => one.Id).ToListAsync(Ct)));
    }
}

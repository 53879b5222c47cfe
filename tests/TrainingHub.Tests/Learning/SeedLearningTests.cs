using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TrainingHub.Learning;
using TrainingHub.Platform;
using TrainingHub.Platform.Data;
using TrainingHub.Tests.Catalogue;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Learning;

/// <summary>The story of the demonstration: in several states, and nobody invented is written to.</summary>
public sealed class SeedLearningTests(CatalogueApp app) : IClassFixture<CatalogueApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Story_SeededTwice_StandsOnceAndWritesToNobody()
    {
        await SeedAsync();
        await SeedAsync();

        var (sources, standings, notices, emails) = await app.WithAsync(async (TrainingHubDb db) => (
            await db.LearningSources.CountAsync(Ct),
            (await db.LearningActions.AsNoTracking().ToListAsync(Ct)).Select(action => action.StandingOn(London.DateOf(app.Clock.Now))).Distinct().Count(),
            await db.ProviderNotices.OrderBy(notice => notice.State).Select(notice => notice.State).ToListAsync(Ct),
            await db.OutgoingEmails.CountAsync(Ct)));
        Assert.Equal((5, Enum.GetValues<ActionStanding>().Length, 0), (sources, standings, emails));
        Assert.Equal([ProviderNoticeState.Acknowledged, ProviderNoticeState.Acknowledged, ProviderNoticeState.Acknowledged, ProviderNoticeState.Sent], notices);
        Assert.Equal(0, await app.RunJobAsync(nameof(RemindProviders)));
        Assert.Contains("Shaped by We revised this course with what practitioners and families taught us in Child safeguarding practice review “Daniel & Sarah”", (await app.ReadAsync("/courses/neglect")).Main, StringComparison.Ordinal);
        var staff = await app.BrowseAsStaffAsync();
        Assert.Contains("has not acknowledged a change of content", (await staff.GetAsync("/staff")).Main, StringComparison.Ordinal);
        Assert.Contains("The last one was on", (await staff.GetAsync("/staff/learning/meeting")).Main, StringComparison.Ordinal);
        Assert.All(await WordsAsync(), words => Assert.Empty(NameWarning.Find(words)));
    }

    private Task<List<string?>> WordsAsync() => app.WithAsync(async (TrainingHubDb db) => (await db.LearningSources.AsNoTracking().ToListAsync(Ct)).SelectMany(source => new[] { source.Title, source.PublicWords, source.Note }).ToList());

    private async Task SeedAsync()
    {
        await using var scope = app.Scope();
        await app.Services.GetServices<SeedEntry>().Single(seed => seed.Name == nameof(SeedLearning)).RunAsync(scope.ServiceProvider, Ct);
    }
}

using Microsoft.EntityFrameworkCore;
using TrainingHub.Desk;
using TrainingHub.Platform;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Desk;

/// <summary>What Today says of providers, from the day on which it has to be done. It is 2 November 2026.</summary>
public sealed class QualityTasksTests(TestApp app) : IClassFixture<TestApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private DateOnly Today => London.DateOf(app.Clock.GetUtcNow());

    [Theory]
    [InlineData(60, false, "ends")]
    [InlineData(61, false, null)]
    [InlineData(-1, false, null)]
    [InlineData(-1, true, "has ended")]
    [InlineData(80, true, "ends")]
    public async Task Contract_IsThere(int endsInDays, bool hasLaterDate, string? words)
    {
        var provider = await app.Given.ProviderAsync(contractUntil: Today.AddDays(endsInDays));
        if (hasLaterDate)
        {
            await app.Given.RunByAsync((await app.Given.CourseAsync()).Id, provider.Id, Today.AddDays(90));
        }

        var task = await GroupAsync(db => QualityTasks.ContractsAsync(db, app.Clock.GetUtcNow(), Ct), provider.Name);

        Assert.Equal(words is null ? null : $"The contract with {provider.Name} {words}", task?.What);
    }

    [Theory]
    [InlineData(30, "runs out")]
    [InlineData(31, null)]
    [InlineData(-1, "has run out")]
    public async Task Document_IsThereUntilANewerOneIsAdded(int endsInDays, string? words)
    {
        var provider = await app.Given.ProviderAsync();
        var document = await app.Given.DocumentAsync(provider.Id, Today.AddDays(endsInDays));

        Assert.Equal(words is null ? null : $"Public liability insurance of {provider.Name} {words}", (await TaskAsync())?.What);
        await app.Given.DocumentAsync(provider.Id, Today.AddYears(1), replaces: document);
        Assert.Null(await TaskAsync());

        Task<TodayTask?> TaskAsync() => GroupAsync(db => QualityTasks.DocumentsAsync(db, Today, Ct), provider.Name);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public async Task Review_IsThereOnItsDay(int inDays, bool isThere)
    {
        var provider = await app.Given.ProviderAsync();
        await app.Given.ReviewAsync(provider.Id, Today.AddYears(-1), Today.AddDays(inDays));

        Assert.Equal(isThere, await GroupAsync(db => QualityTasks.ReviewsAsync(db, Today, Ct), provider.Name) is not null);
    }

    [Fact]
    public async Task FollowUp_LeavesTodayWhenSomebodySaysWhatCameOfIt()
    {
        var provider = await app.Given.ProviderAsync();
        var run = await app.Given.RunByAsync((await app.Given.CourseAsync()).Id, provider.Id, new(2026, 10, 1));
        await app.Given.ObservationAsync(run.Id, followUpOn: Today);
        var staff = await app.BrowseAsStaffAsync();
        var today = await staff.GetAsync("/staff");
        Assert.Contains("Observations to follow up", today.Main, StringComparison.Ordinal);

        await (await staff.GetAsync(today.Find("main a[href$='#follow-up']").GetAttribute("href")!)).SubmitAsync(form => form["Form.Outcome"] = "They mix the groups.");

        Assert.DoesNotContain("Observations to follow up", (await staff.GetAsync("/staff")).Main, StringComparison.Ordinal);
    }

    // Of several providers of the class only the one that the test made.
    private Task<TodayTask?> GroupAsync(Func<TrainingHubDb, Task<TaskGroup>> read, string name) => app.WithAsync(async (TrainingHubDb db) =>
    {
        await OthersAsync(db, name);
        return (await read(db)).Tasks.SingleOrDefault(task => task.What.Contains(name, StringComparison.Ordinal));
    });

    private static Task<int> OthersAsync(TrainingHubDb db, string name) =>
        db.Providers.Where(one => one.Name != name).ExecuteUpdateAsync(set => set.SetProperty(one => one.ArchivedAt, DateTimeOffset.UnixEpoch), Ct);
}

using Microsoft.Extensions.DependencyInjection;
using TrainingHub.Platform.Web;
using Xunit;

namespace TrainingHub.Tests.Platform.Web;

public sealed class PageCacheTests(TestApp app) : IClassFixture<TestApp>
{
    private int reads;

    private sealed record Lists(int Number);

    private sealed record Places(int Number);

    private PageCache Memory() => new(app.Services.GetRequiredService<IServiceScopeFactory>());

    private async Task<Lists> ReadAsync(TrainingHubDb db)
    {
        _ = db;
        var number = Interlocked.Increment(ref reads);
        await Task.Delay(20, TestContext.Current.CancellationToken);
        return new Lists(number);
    }

    [Fact]
    public async Task Get_ManyAtOnce_ReadsOnce()
    {
        var memory = Memory();

        var found = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Task.Run(() => memory.GetAsync(ReadAsync))));

        Assert.Equal(1, reads);
        Assert.All(found, lists => Assert.Equal(1, lists.Number));
    }

    [Fact]
    public async Task Get_ReadingFailed_IsTriedAgain()
    {
        var memory = Memory();

        await Assert.ThrowsAsync<TimeoutException>(() => memory.GetAsync<Lists>(_ => throw new TimeoutException()));

        Assert.Equal(1, (await memory.GetAsync(ReadAsync)).Number);
    }

    [Fact]
    public async Task ForgetLive_KeepsWhatSeldomChanges()
    {
        var memory = Memory();
        var places = 0;
        await memory.GetAsync(ReadAsync);
        await memory.GetLiveAsync(_ => Task.FromResult(new Places(++places)));

        memory.ForgetLive();

        Assert.Equal(1, (await memory.GetAsync(ReadAsync)).Number);
        Assert.Equal(2, (await memory.GetLiveAsync(_ => Task.FromResult(new Places(++places)))).Number);
    }

    [Fact]
    public async Task Forget_InTheMiddleOfAReading_DoesNotKeepWhatItReads()
    {
        var memory = Memory();
        var old = memory.GetAsync(ReadAsync);

        memory.Forget();
        var fresh = await memory.GetAsync(ReadAsync);

        Assert.Equal((1, 2), ((await old).Number, fresh.Number));
        Assert.Equal(2, (await memory.GetAsync(ReadAsync)).Number);
    }

    [Fact]
    public async Task GetLive_WhileNobodyIsTold_IsReadAgainSoon()
    {
        var memory = Memory();
        var places = 0;
        await memory.GetLiveAsync(_ => Task.FromResult(new Places(++places)));

        await WaitAsync(async () => (await memory.GetLiveAsync(_ => Task.FromResult(new Places(++places)))).Number == 2);
        memory.IsTold = true;

        Assert.Equal(2, (await memory.GetLiveAsync(_ => Task.FromResult(new Places(++places)))).Number);
    }

    private static async Task WaitAsync(Func<Task<bool>> isSo)
    {
        using var enough = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!await isSo())
        {
            await Task.Delay(100, enough.Token);
        }
    }
}

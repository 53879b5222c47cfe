using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;
using Xunit;

namespace TrainingHub.Tests.People;

/// <summary>A kept form that is sent from two tabs at once, and what happens without the guard.</summary>
public sealed class KeptFormRaceTests(TestApp app) : IClassFixture<TestApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Take_ByTwoAtOnce_LetsOneThroughAndWithoutTheGuardBoth()
    {
        Assert.Equal(1, await TakeAtOnceAsync(Guarded));
        Assert.Equal(2, await TakeAtOnceAsync(WithoutGuard));
        var (id, key) = await KeepOneAsync();
        Assert.True(await WithoutGuard.TakeAsync(id, key, Ct));
        Assert.False(await WithoutGuard.TakeAsync(id, key, Ct));
    }

    [Fact]
    public async Task GiveBack_AfterAFailure_LetsItBeSentAgain()
    {
        var (id, key) = await KeepOneAsync();
        Assert.True(await Guarded.TakeAsync(id, key, Ct));
        Assert.Null(await Guarded.ReadAsync(id, key, Ct));

        await Guarded.GiveBackAsync(id);

        Assert.True(await Guarded.TakeAsync(id, key, Ct));
        Assert.Null(await Guarded.ReadAsync(id, key with { Secret = "another" }, Ct));
    }

    private KeptForms Guarded => new(app.Database, app.Services.GetRequiredService<IDataProtectionProvider>(), new SessionClock(app.Clock));

    private KeptForms WithoutGuard => new(app.Database, app.Services.GetRequiredService<IDataProtectionProvider>(), new SessionClock(app.Clock))
    {
        Guard = Unguarded.Instead(Guarded.Guard, " and sent_at is null", ""),
    };

    private async Task<int> TakeAtOnceAsync(KeptForms forms)
    {
        var (id, key) = await KeepOneAsync();
        var taken = 0;

        await Gate.MeetAtRowAsync(app.Database, "kept_forms", id, [TakeAsync, TakeAsync]);

        return taken;

        async Task TakeAsync()
        {
            if (await forms.TakeAsync(id, key, Ct))
            {
                Interlocked.Increment(ref taken);
            }
        }
    }

    private async Task<(Guid Id, KeptKey Key)> KeepOneAsync()
    {
        var key = new KeptKey(Guid.NewGuid(), "secret");
        return ((await Guarded.KeepAsync(key, new(KeptWhy.SignedOut, "/staff", "", false, []), Ct))!.Value, key);
    }
}

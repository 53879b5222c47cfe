using System.Net;
using System.Threading.RateLimiting;
using Microsoft.Extensions.DependencyInjection;
using TrainingHub.People;
using TrainingHub.Platform;
using Xunit;

namespace TrainingHub.Tests.People;

/// <summary>Guessing passwords, locking others out and keeping the processors busy by signing in.</summary>
public sealed class SignInLimitsTests(TestApp app) : IClassFixture<TestApp>
{
    private const string Wrong = "not the password at all";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SignIn_StrangerHasTriedTooOften_OwnerGetsInByTheBrowserUsedBefore()
    {
        var email = await app.AddStaffAsync();
        var known = app.Browse();
        await known.SignInAsync(email, StaffDoor.Password);
        await (await known.GetAsync("/sign-out")).SubmitAsync();
        await TryAsync(email, SignInTries.Passwords.ToAccount.Most);

        var elsewhere = await app.Browse().SignInAsync(email, StaffDoor.Password);
        var here = await known.SignInAsync(email, StaffDoor.Password);
        app.Clock.Advance(SignInTries.Passwords.ToAccount.Within);
        var later = await app.Browse().SignInAsync(email, StaffDoor.Password);

        Assert.NotEmpty(elsewhere.Errors);
        Assert.Equal("/staff", here.Address);
        Assert.Equal("/staff", later.Address);
    }

    [Fact]
    public async Task SignIn_BrowserUsedBeforeThePasswordChanged_IsAStranger()
    {
        var email = await app.AddStaffAsync();
        var known = app.Browse();
        await known.SignInAsync(email, StaffDoor.Password);
        await (await known.GetAsync("/staff/account")).SubmitAsync(form =>
            (form["Form.Current"], form["Form.Wanted"]) = (StaffDoor.Password, "purple gravel sofa 7"), "#password");
        await TryAsync(email, SignInTries.Passwords.ToAccount.Most);

        Assert.NotEmpty((await known.SignInAsync(email, "purple gravel sofa 7")).Errors);
    }

    [Fact]
    public async Task ChangePassword_StrangerHasTriedTooOften_IsStillPossible()
    {
        var email = await app.AddStaffAsync();
        var browser = app.Browse();
        await browser.SignInAsync(email, StaffDoor.Password);
        await TryAsync(email, SignInTries.Passwords.ToAccount.Most);

        var changed = await (await browser.GetAsync("/staff/account")).SubmitAsync(form =>
            (form["Form.Current"], form["Form.Wanted"]) = (StaffDoor.Password, "purple gravel sofa 7"), "#password");

        Assert.Equal("/sign-in", changed.Address);
    }

    [Fact]
    public async Task CheckSignIn_ManyWrongOnTwoNodesAtOnce_LooksAtTen()
    {
        var email = await app.AddStaffAsync();
        await using var other = new TestApp(app.ConnectionString);
        other.Clock.MoveTo(app.Clock.Now);

        var refusals = await Task.WhenAll(Enumerable.Range(0, 7).SelectMany(_ => (TestApp[])[app, other]).Select(node => RefusalAsync(node, email)));

        Assert.Equal(SignInTries.Passwords.ToAccount.Most, refusals.Count(refusal => refusal == SignInRefusal.NotRight));
        Assert.Equal(14 - SignInTries.Passwords.ToAccount.Most, refusals.Count(refusal => refusal == SignInRefusal.TooMany));
    }

    [Fact]
    public async Task CheckSignIn_AccountThatDoesNotExist_IsRefusedAfterAsManyTries()
    {
        var refusals = await TryAsync("nobody@limits.example", SignInTries.Passwords.ToAccount.Most + 1);

        Assert.Equal([.. Enumerable.Repeat(SignInRefusal.NotRight, SignInTries.Passwords.ToAccount.Most), SignInRefusal.TooMany], refusals);
    }

    [Fact]
    public async Task CheckSignIn_NineWrongThenRight_StartsCountingAnew()
    {
        var email = await app.AddStaffAsync();
        for (var round = 0; round < 2; round++)
        {
            Assert.All(await TryAsync(email, SignInTries.Passwords.ToAccount.Most - 1), refusal => Assert.Equal(SignInRefusal.NotRight, refusal));
            Assert.Null((await app.WithAsync((CheckSignIn check) => check.RunAsync(email, StaffDoor.Password, StaffDoor.Stranger(), Ct))).Refusal);
        }
    }

    [Fact]
    public async Task CheckSignIn_HundredWrongFromOneNetwork_RefusesTheNextWhateverTheAccount()
    {
        var email = await app.AddStaffAsync();
        var tries = app.Services.GetRequiredService<Tries>();
        var from = StaffDoor.Stranger();
        for (var tried = 0; tried < SignInTries.FromNetwork.Most; tried++)
        {
            await tries.TakeAsync(SignInTries.FromNetwork, from.Network, Ct);
        }

        var refused = await app.WithAsync((CheckSignIn check) => check.RunAsync(email, StaffDoor.Password, from, Ct));

        Assert.Equal(SignInRefusal.TooMany, refused.Refusal);
    }

    [Fact]
    public async Task CheckSignIn_RightAllDayFromOneNetwork_IsNotCounted()
    {
        var email = await app.AddStaffAsync();
        var from = StaffDoor.Stranger();
        var tries = app.Services.GetRequiredService<Tries>();
        for (var tried = 0; tried < SignInTries.FromNetwork.Most - 1; tried++)
        {
            await tries.TakeAsync(SignInTries.FromNetwork, from.Network, Ct);
        }

        for (var i = 0; i < 3; i++)
        {
            Assert.Null((await app.WithAsync((CheckSignIn check) => check.RunAsync(email, StaffDoor.Password, from, Ct))).Refusal);
        }
    }

    [Fact]
    public async Task SignIn_QueueIsFull_SaysSoAndKeepsTheAddress()
    {
        var email = await app.AddStaffAsync();
        var known = app.Browse();
        await known.SignInAsync(email, StaffDoor.Password);
        await (await known.GetAsync("/sign-out")).SubmitAsync();
        var form = await app.Browse().GetAsync("/sign-in");
        var crowd = await FillAsync();

        var refused = await form.SubmitAsync(fields => (fields["Form.Email"], fields["Form.Password"]) = (email, StaffDoor.Password));
        var owner = await known.SignInAsync(email, StaffDoor.Password);
        await crowd.DisposeAsync();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.Status);
        Assert.Equal(["Too many people are signing in at this moment. Try again in a moment"], refused.Errors);
        Assert.Equal(email, refused.Find("[name='Form.Email']").GetAttribute("value"));
        Assert.Equal("5", refused.Response.Headers.RetryAfter?.ToString());
        Assert.Equal("/staff", owner.Address);
    }

    [Fact]
    public async Task PasswordQueue_HundredStrangersAtOnce_LooksAtFewAndTellsTheRestAtOnce()
    {
        using var queue = new PasswordQueue();
        var turns = Enumerable.Range(0, 100).Select(_ => queue.EnterAsync(isKnown: false, Ct)).ToList();

        Assert.InRange(turns.Count(turn => turn.IsCompleted && turn.Result is not null), 1, Math.Max(1, Environment.ProcessorCount / 2));
        Assert.True(turns.Count(turn => turn.IsCompleted && turn.Result is null) >= 90 - Environment.ProcessorCount);
        Assert.NotNull(await queue.EnterAsync(isKnown: true, Ct));
        // Nobody who waited was given a turn in time.
        Assert.Equal(turns.Count(turn => turn.Result is not null), (await Task.WhenAll(turns)).Count(turn => turn is not null));
    }

    private async Task<SignInRefusal?[]> TryAsync(string email, int times)
    {
        var refusals = new SignInRefusal?[times];
        for (var i = 0; i < times; i++)
        {
            refusals[i] = (await app.WithAsync((CheckSignIn check) => check.RunAsync(email, Wrong, StaffDoor.Stranger(), Ct))).Refusal;
        }

        return refusals;
    }

    // A busy queue looks at nothing, so such a try is made again.
    private static async Task<SignInRefusal?> RefusalAsync(TestApp node, string email)
    {
        while (true)
        {
            var check = await node.WithAsync((CheckSignIn check) => check.RunAsync(email, Wrong, StaffDoor.Stranger(), Ct));
            if (check.Refusal != SignInRefusal.Busy)
            {
                return check.Refusal;
            }
        }
    }

    private async Task<Crowd> FillAsync()
    {
        var queue = app.Services.GetRequiredService<PasswordQueue>();
        var turns = new List<Task<RateLimitLease?>>();
        while (turns.LastOrDefault() is not { IsCompleted: true, Result: null })
        {
            turns.Add(queue.EnterAsync(isKnown: false, Ct));
            await Task.Yield();
        }

        return new(turns);
    }

    private sealed class Crowd(List<Task<RateLimitLease?>> turns) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            foreach (var turn in turns)
            {
                (await turn)?.Dispose();
            }
        }
    }
}

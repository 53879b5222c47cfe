using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;
using TrainingHub.Portal;
using Xunit;

namespace TrainingHub.Tests.Portal;

/// <summary>A code opens one browser however many send it at once, and takes no more guesses than it may; each with a twin that has the guard off.</summary>
public sealed partial class SignInCodeRaceTests(TestApp app) : IClassFixture<TestApp>
{
    private const int Guessers = 20;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SameCode_SentTwiceAtOnce_SignsInOnce() => Assert.Equal(1, await UseAtOnceAsync("one@race.example", act => act()));

    [Fact]
    public async Task SameCode_WithoutGuard_SignsInTwiceAtOnceAndOnceInSequence()
    {
        Assert.Equal(2, await UseAtOnceAsync("two@race.example", Unguard));

        var (asked, code) = await AskAsync("three@race.example");
        var other = (await AskAsync("three@race.example")).Asked;
        Assert.True(await Unguard(() => UseAsync(asked, code)));
        Assert.False(await Unguard(() => UseAsync(other, code)));

        static Task<bool> Unguard(Func<Task<bool>> act) => Unguarded.InsteadAsync(
            Unused(), "and (select true from sign_in_codes seen where seen.id = sign_in_codes.id and seen.used_at is null)", act);
    }

    [Fact]
    public async Task Guesses_TwentyAtOnce_AreFive() => Assert.Equal(SignInCode.MostGuesses, await GuessAtOnceAsync("four@race.example", guard => guard));

    [Fact]
    public async Task Guesses_WithoutGuard_AreTwentyAtOnceAndFiveInSequence()
    {
        Assert.Equal(Guessers, await GuessAtOnceAsync("five@race.example", Unguard));

        var (asked, _) = await AskAsync("six@race.example");
        var counted = 0;
        for (var guess = 0; guess < Guessers; guess++)
        {
            counted += await GuessAsync(asked, Unguard) ? 1 : 0;
        }

        Assert.Equal(SignInCode.MostGuesses, counted);

        static string Unguard(string guard) => Unguarded.Instead(
            guard, "guess_count < $3", "(select seen.guess_count from sign_in_codes seen where seen.id = sign_in_codes.id) < $3");
    }

    // Two pages of the same address take the code of a third: each has counted its guess before it comes to the row of the code.
    private async Task<int> UseAtOnceAsync(string email, Func<Func<Task<bool>>, Task<bool>> with)
    {
        var (asked, code) = await AskAsync(email);
        var (one, other) = ((await AskAsync(email)).Asked, (await AskAsync(email)).Asked);
        var used = 0;
        await Gate.MeetAtRowAsync(app.Database, "sign_in_codes", asked, [.. new[] { one, other }.Select(page => (Func<Task>)(async () =>
        {
            if (await with(() => UseAsync(page, code)))
            {
                Interlocked.Increment(ref used);
            }
        }))]);
        return used;
    }

    private async Task<int> GuessAtOnceAsync(string email, Func<string, string> guard)
    {
        var (asked, _) = await AskAsync(email);
        var counted = 0;
        await Gate.MeetAtRowAsync(app.Database, "sign_in_codes", asked, [.. Enumerable.Range(0, Guessers).Select(_ => (Func<Task>)(async () =>
        {
            if (await GuessAsync(asked, guard))
            {
                Interlocked.Increment(ref counted);
            }
        }))]);
        return counted;
    }

    private async Task<bool> UseAsync(Guid asked, string code) =>
        await app.WithAsync(async (CheckCode check) => (await check.RunAsync(asked, code, $"{Guid.NewGuid()}", Ct)).Email is not null);

    /// <returns>Whether the guess was looked at.</returns>
    private async Task<bool> GuessAsync(Guid asked, Func<string, string> guard)
    {
        await using var scope = app.Scope();
        var services = scope.ServiceProvider;
        var guarded = services.GetRequiredService<CheckCode>();
        var check = new CheckCode(
            app.Database, services.GetRequiredService<TrainingHubDb>(), services.GetRequiredService<Tries>(), services.GetRequiredService<SessionClock>(), app.Clock)
        {
            Guard = guard(guarded.Guard),
        };
        return (await check.RunAsync(asked, "WRNG WRNG", $"{Guid.NewGuid()}", Ct)).Refusal == CodeRefusal.NotRight;
    }

    private async Task<(Guid Asked, string Code)> AskAsync(string email)
    {
        app.Clock.Advance(TimeSpan.FromMilliseconds(1));
        var asked = await app.WithAsync((SendCode send) => send.RunAsync(email, $"{Guid.NewGuid()}", Ct));
        return (asked ?? throw new InvalidOperationException("Nothing was asked for."), await app.CodeAsync(email));
    }

    [GeneratedRegex("and used_at is null$", RegexOptions.Multiline)]
    private static partial Regex Unused();
}

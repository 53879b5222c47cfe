using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.People;
using TrainingHub.Tests.Bookings;
using Xunit;

namespace TrainingHub.Tests.People;

/// <summary>
/// Who is known here is told by no form: the answer for an address that is known and for one that is not are the same words, status and length.
/// Of the time it takes this is shown by what is done: the same statements of the database, in the same order, and one password hashed.
/// </summary>
public sealed class EnumerationTests(TestApp app) : IClassFixture<TestApp>
{
    private const string Wrong = "not the password at all";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SignIn_KnownAndUnknown_RunTheSameStatementsAndHashOnce()
    {
        var (known, unknown) = (await app.AddStaffAsync(), $"staff-{Guid.NewGuid():N}@partnership.example");
        // What is prepared once a process is prepared by now.
        await TryAsync(await app.AddStaffAsync());

        var (ofKnown, ofUnknown) = (await StatementsAsync(() => TryAsync(known)), await StatementsAsync(() => TryAsync(unknown)));

        Assert.True(ofKnown.Count >= 4, string.Join('\n', ofKnown));
        Assert.Equal(ofKnown, ofUnknown);
    }

    [Fact]
    public async Task ChoosePassword_KnownAndUnknownAccount_AnswerAlike()
    {
        var email = await app.AddStaffAsync();
        var id = await app.WithAsync((TrainingHubDb db) => db.Users.Where(user => user.Email == email).Select(user => user.Id).SingleAsync(Ct));

        var (known, unknown) = (await app.Browse().GetAsync($"/choose-password/{id}/x"), await app.Browse().GetAsync($"/choose-password/{Guid.NewGuid()}/x"));

        Assert.Equal((known.Status, known.Main, known.Text.Length), (unknown.Status, unknown.Main, unknown.Text.Length));
    }

    [Fact]
    public async Task WaitingList_AddressThatWaitsAndOneThatDoesNot_AnswerAlike()
    {
        var world = await BookingWorld.MakeAsync(app.Database, app.Clock);
        var run = await world.RunAsync(capacity: 1);
        await world.BookAsync(run, "ann@full.example");
        await JoinAsync("anna@waits.example");

        var (known, unknown) = (await JoinAsync("anna@waits.example"), await JoinAsync("zoey@waits.example"));

        Assert.Equal((known.Status, known.Address, Plain(known)), (unknown.Status, unknown.Address, Plain(unknown)));

        async Task<TestPage> JoinAsync(string email) => await (await app.Browse().GetAsync($"/dates/{run}/wait")).SubmitAsync(form =>
            (form["Form.Name"], form["Form.Email"], form["Form.Places"]) = ("Wanda Waits", email, "1"));

        static string Plain(TestPage page) => page.Main.Replace("anna@", "", StringComparison.Ordinal).Replace("zoey@", "", StringComparison.Ordinal);
    }

    private Task<SignInCheck> TryAsync(string email) => app.WithAsync((CheckSignIn check) => check.RunAsync(email, Wrong, StaffDoor.Stranger(), Ct));

    /// <summary>What this asked of the database, in order; others that run at the same time are left out.</summary>
    private static async Task<IReadOnlyList<string>> StatementsAsync(Func<Task> act)
    {
        using var root = new Activity("root").SetIdFormat(ActivityIdFormat.W3C).Start();
        var statements = new ConcurrentQueue<string>();
        var trace = root.TraceId;
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Npgsql",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                if (activity.TraceId == trace && activity.GetTagItem("db.query.text") is string text)
                {
                    statements.Enqueue(text);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        await act();
        return [.. statements];
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TrainingHub.People;
using TrainingHub.Platform;
using Xunit;

namespace TrainingHub.Tests.People;

/// <summary>What stays of signing in: enough to see an attack, without what was typed, and a flood does not fill the table.</summary>
public sealed class SignInHistoryTests(FactorBench app) : IClassFixture<FactorBench>
{
    private const string Wrong = "not the password at all";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Refused_ManyTimesWithinAQuarterOfAnHour_LeavesALineAndOneAtTheBound()
    {
        var email = await app.AddStaffAsync();
        for (var tried = 0; tried < 14; tried++)
        {
            await TryAsync(email);
        }

        app.Clock.Advance(SignInHistory.LinesOfAccount.Within);
        await TryAsync(email);

        Assert.Equal(
            ["Sign-in refused: Email address and password do not belong together", "Sign-in refused: Email address and password do not belong together", "Sign-in refused: Too many tries"],
            (await app.HistoryAsync(await app.IdAsync(email))).Where(line => line.StartsWith(SignInHistory.Refused, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Refused_AddressesWithoutAnAccount_LeaveTwentyLinesAnHourAndNoAddress()
    {
        await ForgetAsync();
        var before = await LinesAsync();
        for (var tried = 0; tried < SignInHistory.LinesOfStrangers.Most + 5; tried++)
        {
            await app.WithAsync((SignInHistory history) => history.RefusedAsync(user: null, $"NOBODY{tried}@FLOOD.EXAMPLE", "Email address and password do not belong together", Ct));
        }

        var lines = (await LinesAsync()).Except(before).ToList();

        Assert.Equal(SignInHistory.LinesOfStrangers.Most, lines.Count);
        Assert.All(lines, line => Assert.DoesNotContain("flood", line, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Refused_UnknownAndKnownAccount_AnswerAndLeaveTheSame()
    {
        var email = await app.AddStaffAsync();
        await ForgetAsync();
        var unknown = $"nobody-{Guid.NewGuid():N}@partnership.example";
        var before = await LinesAsync();

        var known = await app.Browse().SignInAsync(email, Wrong);
        var other = await app.Browse().SignInAsync(unknown, Wrong);

        Assert.Equal((known.Status, known.Address, known.Main), (other.Status, other.Address, other.Main));
        Assert.Equal(known.Errors, other.Errors);
        var added = (await LinesAsync()).Except(before).ToList();
        Assert.Equal(2, added.Count);
        Assert.Single(added, line => line.Contains(Guid.Empty.ToString(), StringComparison.Ordinal));
        Assert.All(added, line => Assert.DoesNotContain(unknown, line, StringComparison.OrdinalIgnoreCase));
        Assert.All(added, line => Assert.DoesNotContain(Wrong, line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task SignInAndOut_OfSomebody_LeaveALineEachThatACoordinatorSees()
    {
        var someone = await app.EnrolAsync();
        await (await someone.Browser.GetAsync("/sign-out")).SubmitAsync();
        var coordinator = await app.EnrolAsync();

        var page = await coordinator.Browser.GetAsync($"/staff/staff/{await app.IdAsync(someone.Email)}");

        Assert.Contains("Signed in by Ann Coordinator", page.Main, StringComparison.Ordinal);
        Assert.Contains("Signed out by Ann Coordinator", page.Main, StringComparison.Ordinal);
        Assert.Contains("With a password and a new authenticator app", page.Main, StringComparison.Ordinal);
    }

    private Task ForgetAsync() => app.Services.GetRequiredService<Tries>().ForgetAsync(SignInHistory.LinesOfStrangers, "", Ct);

    private Task<SignInCheck> TryAsync(string email) => app.WithAsync((CheckSignIn check) => check.RunAsync(email, Wrong, StaffDoor.Stranger(), Ct));

    private Task<List<string>> LinesAsync() => app.WithAsync((TrainingHubDb db) => db.HistoryEntries.Where(entry => entry.Act == SignInHistory.Refused)
        .Select(entry => entry.Id + " " + entry.RecordId + " " + entry.Note + " " + entry.Actor).ToListAsync(Ct));
}

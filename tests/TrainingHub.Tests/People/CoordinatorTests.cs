using System.Net;
using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Surveys;
using Xunit;

namespace TrainingHub.Tests.People;

/// <summary>Survey comments may be about a child at risk: coordinators read them, and nobody else who can sign in.</summary>
public sealed class CoordinatorTests(TestApp app) : IClassFixture<TestApp>
{
    private const string Comments = "/staff/surveys/comments";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Comments_OtherStaff_AreRefusedAndNotShown()
    {
        await app.Given.CommentsAsync(CommentState.Concern, "Canary concern");
        await app.Given.CommentsAsync(CommentState.Unread, "Canary comment");
        var (coordinator, other) = (await app.BrowseAsStaffAsync(), app.Browse());
        await other.SignInAsync(await app.AddPlainStaffAsync(), StaffDoor.Password);

        Assert.Contains("Canary concern", (await coordinator.GetAsync(Comments + "?show=concerns")).Main);
        Assert.Contains("survey comment", (await coordinator.GetAsync("/staff")).Main);
        foreach (var address in new[] { Comments, Comments + "?show=concerns", Comments + "?show=read" })
        {
            var refused = await other.GetAsync(address);
            Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
            Assert.Contains("your account does not open this page", refused.Main);
            Assert.DoesNotContain("Canary", refused.Main);
        }

        Assert.DoesNotContain("survey comment", (await other.GetAsync("/staff")).Main);
        Assert.DoesNotContain("concern", (await other.GetAsync("/staff")).Main, StringComparison.OrdinalIgnoreCase);
        var comment = await app.WithAsync((TrainingHubDb db) => db.SurveyComments.Where(one => one.State == CommentState.Concern).Select(one => one.Id).FirstAsync(Ct));
        Assert.DoesNotContain("Canary", (await other.GetAsync($"{Comments}/{comment}/close")).Text);
        Assert.DoesNotContain("comments to read", (await other.GetAsync("/staff/surveys")).Main);
    }

    [Fact]
    public async Task Coordinator_NamedAndEnded_IsSignedOutAndSeesWhatIsTheirs()
    {
        var (email, browser) = (await app.AddPlainStaffAsync(), app.Browse());
        await browser.SignInAsync(email, StaffDoor.Password);

        Assert.Null(await NameAsync(email));
        Assert.Equal("/sign-in", (await browser.GetAsync(Comments)).Address.Split('?')[0]);
        await browser.SignInAsync(email, StaffDoor.Password);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(Comments)).Status);

        Assert.Null(await EndAsync(email));
        await browser.SignInAsync(email, StaffDoor.Password);
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.GetAsync(Comments)).Status);
    }

    [Fact]
    public async Task Coordinator_TheOnlyOne_Stays()
    {
        var email = await app.AddStaffAsync();
        await app.WithAsync<TrainingHubDb, int>(db => db.Users.Where(user => user.Email != email)
            .ExecuteUpdateAsync(set => set.SetProperty(user => user.IsCoordinator, false), Ct));

        Assert.Equal(CoordinatorRefusal.LastOne, await EndAsync(email));
        Assert.Equal(CoordinatorRefusal.Unknown, await EndAsync("nobody@partnership.example"));
        Assert.True(await app.WithAsync<TrainingHubDb, bool>(db => db.Users.AnyAsync(user => user.Email == email && user.IsCoordinator, Ct)));
    }

    [Fact]
    public async Task Account_AddedWhileThereIsNone_IsACoordinator()
    {
        await app.WithAsync<TrainingHubDb, int>(db => db.Users.ExecuteUpdateAsync(set => set.SetProperty(user => user.IsCoordinator, false), Ct));

        var (first, second) = (await app.AddPlainStaffAsync(), await app.AddPlainStaffAsync());

        Assert.Equal([first], await app.WithAsync<TrainingHubDb, List<string?>>(db =>
            db.Users.Where(user => user.IsCoordinator && (user.Email == first || user.Email == second)).Select(user => user.Email).ToListAsync(Ct)));
    }

    private Task<CoordinatorRefusal?> NameAsync(string email) => app.WithAsync((NameCoordinator name) => name.NameAsync(email, Actor.CommandLine, Ct));

    private Task<CoordinatorRefusal?> EndAsync(string email) => app.WithAsync((NameCoordinator name) => name.EndAsync(email, Actor.CommandLine, Ct));
}

using System.Net;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Learning;
using TrainingHub.Platform;
using TrainingHub.Portal;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Portal;

/// <summary>An organisation asks for training that is not offered, votes for what is listed, and sees what staff decide.</summary>
public sealed class OrganisationNeedTests(TestDatabase databases) : IAsyncLifetime
{
    private readonly TestApp app = new(databases);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task Asked_IsOnTodayAtOnceAndItsAnswerIsOnTheirPage()
    {
        var (organisation, page) = await SignInAsync("Ask");
        var course = await app.Given.CourseAsync("Working with fathers");
        var form = await page.FollowAsync("Ask for training that is not offered");
        Assert.Contains("You have not asked for anything yet.", form.Main);

        var asked = await form.SubmitAsync(fields => fields["What"] = "Working with fathers in the evening", button: "Ask for this training");
        var staff = await app.BrowseAsStaffAsync();
        var today = await staff.GetAsync("/staff");

        Assert.Contains("The training team has what you ask for.", asked.Text);
        Assert.Contains("With the training team", asked.Main);
        Assert.Contains($"{organisation.Name} asks for training: Working with fathers in the evening", today.Main);
        Assert.Contains("New from an organisation", (await staff.GetAsync("/staff/learning/needs?show=new")).Main);

        var need = await today.FollowAsync($"{organisation.Name} asks for training: Working with fathers in the evening");
        Assert.Contains("1 vote", need.Main);
        await need.SubmitAsync(
            fields => (fields["Form.State"], fields["Form.Because"], fields["Form.CourseId"], fields["Form.PublicWords"]) = ("Met", "The spring programme", $"{course.Id}", "Twice a year, from 6pm."), button: "Save");
        var answered = await page.Browser.GetAsync(PortalUrls.Needs(organisation.Id));

        Assert.Contains("Offered now: Twice a year, from 6pm.", answered.Main);
        Assert.DoesNotContain("The spring programme", answered.Main);
        Assert.EndsWith($"/courses/{course.Slug}", answered.Find("main .app-rows a").GetAttribute("href"));
        Assert.DoesNotContain("Working with fathers in the evening", (await staff.GetAsync("/staff")).Main);
    }

    [Fact]
    public async Task Listed_IsVotedForWithoutNamesAndTakenBack()
    {
        var (first, mine) = await SignInAsync("First");
        var (_, theirs) = await SignInAsync("Second");
        await (await AskPageAsync(mine)).SubmitAsync(fields => fields["What"] = "Sand play for beginners", button: "Ask for this training");
        Assert.DoesNotContain("Sand play", (await AskPageAsync(theirs)).Main);
        var need = await NeedAsync("Sand play for beginners");
        var staff = await app.BrowseAsStaffAsync();
        await (await staff.GetAsync(LearningUrls.Need(need.Id))).SubmitAsync(fields => fields["Form.IsListed"] = "true", button: "Save");

        var listed = await AskPageAsync(theirs);
        Assert.Contains("1 vote · On the list for all organisations", listed.Main);
        Assert.DoesNotContain(first.Name, listed.Main);
        var voted = await listed.SubmitAsync(selector: $"form:has(input[value='{need.Id}'])");
        Assert.Contains("Your organisation’s vote is counted.", voted.Text);
        Assert.Equal(2, await VotesAsync(need.Id));
        await (await AskPageAsync(theirs)).SubmitAsync(selector: $"form:has(input[value='{need.Id}'])");

        Assert.Equal(1, await VotesAsync(need.Id));
    }

    [Fact]
    public async Task NotPlanned_NeedsWordsForOrganisationsAndSaysThem()
    {
        var (organisation, page) = await SignInAsync("Refused");
        await (await AskPageAsync(page)).SubmitAsync(fields => fields["What"] = "A week in the mountains", button: "Ask for this training");
        var form = await (await app.BrowseAsStaffAsync()).GetAsync(LearningUrls.Need((await NeedAsync("A week in the mountains")).Id));

        var refused = await form.SubmitAsync(fields => fields["Form.State"] = "NotPlanned", button: "Save");
        await refused.SubmitAsync(fields => fields["Form.PublicWords"] = "We offer days, not weeks.", button: "Save");

        Assert.Equal(["Enter what organisations read, so that those who asked know why"], refused.Errors);
        Assert.Contains("Not planned: We offer days, not weeks.", (await page.Browser.GetAsync(PortalUrls.Needs(organisation.Id))).Main);
    }

    [Fact]
    public async Task TakenBack_BeforeStaffLooked_LeavesTodayToo()
    {
        var (_, page) = await SignInAsync("Back");
        var asked = await (await AskPageAsync(page)).SubmitAsync(fields => fields["What"] = "Something hasty", button: "Ask for this training");

        var back = await asked.SubmitAsync(selector: "form[action*=Stop]");

        Assert.Contains("Your organisation does not ask for it any more.", back.Text);
        Assert.DoesNotContain("Something hasty", (await (await app.BrowseAsStaffAsync()).GetAsync("/staff")).Main);
        Assert.NotNull((await NeedAsync("Something hasty")).ArchivedAt);
    }

    [Fact]
    public async Task Form_WithoutWordsOrWithAName_IsRefusedAndKept()
    {
        var (_, page) = await SignInAsync("Words");
        var form = await AskPageAsync(page);

        var empty = await form.SubmitAsync(button: "Ask for this training");
        var named = await form.SubmitAsync(fields => fields["What"] = "What to do for Jonny Smithers, 4 years old", button: "Ask for this training");
        var confirmed = await named.SubmitAsync(fields => fields["IsChecked"] = "true", button: "Ask for this training");

        Assert.Equal(["Enter what training you need"], empty.Errors);
        Assert.Contains("may let somebody recognise a child", Assert.Single(named.Errors));
        Assert.Equal("What to do for Jonny Smithers, 4 years old", named.Find("textarea[name=What]").TextContent.Trim());
        Assert.Contains("The training team has what you ask for.", confirmed.Text);
    }

    [Fact]
    public async Task Ask_TwiceByOneFormOrMoreThanIsTaken_AddsNothing()
    {
        var organisation = await app.Given.OrganisationAsync($"Many {Guid.NewGuid():N}");
        var id = Guid.CreateVersion7();

        Assert.Equal(AskForTrainingResult.Asked, await AskAsync(id, organisation.Id));
        Assert.Equal(AskForTrainingResult.Asked, await AskAsync(id, organisation.Id));
        for (var more = 1; more < AskForTraining.MostWaiting; more++)
        {
            Assert.Equal(AskForTrainingResult.Asked, await AskAsync(Guid.CreateVersion7(), organisation.Id));
        }

        Assert.Equal(AskForTrainingResult.TooMany, await AskAsync(Guid.CreateVersion7(), organisation.Id));
        Assert.Equal(AskForTrainingResult.Gone, await AskAsync(Guid.CreateVersion7(), Guid.NewGuid()));
        Assert.Equal(AskForTraining.MostWaiting, await app.WithAsync((TrainingHubDb db) => db.TrainingNeedVotes.CountAsync(vote => vote.OrganisationId == organisation.Id, Ct)));
    }

    /// <summary>Two forms at once at the limit: the organisation's row lets one after the other count.</summary>
    [Fact]
    public async Task Ask_AtTheLimitAtOnce_IsTakenOnce()
    {
        var organisation = await AtTheLimitAsync();

        await Gate.MeetAsync(app.Database, "training_needs", 2, () => AskAsync(Guid.CreateVersion7(), organisation));

        Assert.Equal(AskForTraining.MostWaiting, await WaitingAsync(organisation));
    }

    /// <summary>The twin without the lock: both have counted before either adds.</summary>
    [Fact]
    public async Task Ask_AtTheLimitAtOnceWithoutTheLock_IsTakenTwice()
    {
        var organisation = await AtTheLimitAsync();

        await Gate.MeetAsync(app.Database, "training_needs", 2, () => Unguarded.WithoutRowLocksAsync(() => AskAsync(Guid.CreateVersion7(), organisation)));

        Assert.Equal(AskForTraining.MostWaiting + 1, await WaitingAsync(organisation));
    }

    [Fact]
    public async Task Vote_ForWhatIsNotListed_IsNotCounted()
    {
        var (organisation, page) = await SignInAsync("Sly");
        var need = await app.Given.NeedAsync();

        Assert.Equal(VoteOutcome.Unknown, await app.WithAsync((VoteForNeed vote) => vote.ByLeadAsync(need.Id, organisation.Id, Ct)));
        Assert.False(await app.WithAsync((VoteForNeed vote) => vote.StopAsync(need.Id, organisation.Id, Ct)));
        Assert.Equal(HttpStatusCode.NotFound, (await page.Browser.GetAsync(PortalUrls.Needs(Guid.NewGuid()))).Status);
    }

    [Fact]
    public async Task Today_NamesACourseThatManyWant_OnceItHasNoDate()
    {
        var course = await app.Given.CourseAsync("Much wanted");
        for (var person = 0; person < TrainingHub.Desk.EventTasks.WorthADate; person++)
        {
            await app.Given.DateWishAsync(course.Id, $"wants{person}@much.example");
        }

        var staff = await app.BrowseAsStaffAsync();
        var today = await staff.GetAsync("/staff");
        await app.Given.RunAsync(course.Id, London.DateOf(app.Clock.Now).AddDays(60));

        Assert.Contains("Much wanted: 10 people want a date", today.Main);
        Assert.DoesNotContain("people want a date", (await staff.GetAsync("/staff")).Main);
    }

    private async Task<(TrainingHub.People.Organisation Organisation, TestPage Page)> SignInAsync(string name)
    {
        var organisation = await app.Given.OrganisationAsync($"{name} School {Guid.NewGuid():N}", isApproved: true);
        var email = $"lead{Guid.NewGuid():N}@lead.example";
        await app.Given.LeadAsync(organisation.Id, email);
        return (organisation, await app.SignInByCodeAsync(email));
    }

    private static Task<TestPage> AskPageAsync(TestPage page) => page.Browser.GetAsync($"{page.Address.Split('?')[0].Replace("/training-needs", "", StringComparison.Ordinal)}/training-needs");

    private Task<AskForTrainingResult> AskAsync(Guid id, Guid organisation) => app.WithAsync((AskForTraining ask) => ask.RunAsync(id, organisation, "More of it", Ct));

    private async Task<Guid> AtTheLimitAsync()
    {
        var organisation = await app.Given.OrganisationAsync($"Limit {Guid.NewGuid():N}");
        for (var need = 1; need < AskForTraining.MostWaiting; need++)
        {
            await AskAsync(Guid.CreateVersion7(), organisation.Id);
        }

        return organisation.Id;
    }

    private Task<int> WaitingAsync(Guid organisation) => app.WithAsync((TrainingHubDb db) => db.TrainingNeedVotes.CountAsync(vote => vote.OrganisationId == organisation, Ct));

    private Task<TrainingNeed> NeedAsync(string what) => app.WithAsync((TrainingHubDb db) => db.TrainingNeeds.AsNoTracking().SingleAsync(need => need.What == what, Ct));

    private Task<int> VotesAsync(Guid need) => app.WithAsync((TrainingHubDb db) => db.TrainingNeedVotes.CountAsync(vote => vote.NeedId == need, Ct));
}

using Microsoft.EntityFrameworkCore;
using TrainingHub.Surveys;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Desk;

/// <summary>What was said to somebody stands on Today until it is done.</summary>
public sealed class TodayPromisesTests(TestApp app) : IClassFixture<TestApp>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Concern_IsClosed()
    {
        await app.Given.CommentsAsync(CommentState.Concern, "A canary of a child.");
        var staff = await app.BrowseAsStaffAsync();

        var today = await staff.GetAsync("/staff");
        Assert.DoesNotContain("canary", today.Text, StringComparison.Ordinal);
        var concerns = await today.FollowAsync("1 concern is open");
        var form = await staff.GetAsync(concerns.Find("a[href$='/close']").GetAttribute("href")!);
        await form.SubmitAsync(fields => fields["Outcome"] = "The duty team has it.");

        Assert.DoesNotContain("concern", (await staff.GetAsync("/staff")).Main, StringComparison.OrdinalIgnoreCase);
    }
}

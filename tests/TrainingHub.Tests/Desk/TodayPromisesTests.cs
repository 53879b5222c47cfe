using TrainingHub.Platform;
using TrainingHub.Surveys;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Desk;

/// <summary>What was said to somebody stands on Today until it is done.</summary>
public sealed class TodayPromisesTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task Concern_IsClosed()
    {
        await app.Given.CommentsAsync(CommentState.Concern, "A canary of a child.");
        var (staff, lead) = (await app.BrowseAsStaffAsync(), await app.BrowseAsAsync([StaffRole.SafeguardingLead]));

        var seen = await staff.GetAsync("/staff");
        var today = await lead.GetAsync("/staff");
        Assert.DoesNotContain("canary", seen.Text + today.Text, StringComparison.Ordinal);
        Assert.Contains("1 concern is open", seen.Main, StringComparison.Ordinal);
        var concern = await lead.GetAsync(today.Find("a[href*='/staff/surveys/concerns/']").GetAttribute("href")!);
        var taken = await concern.SubmitAsync(button: "Acknowledge");
        await (await taken.FollowAsync("Close it")).SubmitAsync(fields => fields["Text"] = "The duty team has it.");

        Assert.DoesNotContain("concern is open", (await staff.GetAsync("/staff")).Main, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("/staff/surveys/concerns/", (await lead.GetAsync("/staff")).Text, StringComparison.OrdinalIgnoreCase);
    }
}

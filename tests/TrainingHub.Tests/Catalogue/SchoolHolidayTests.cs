using System.Net;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Catalogue;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Catalogue;

/// <summary>School holidays kept by staff, and which dates they speak against.</summary>
public sealed class SchoolHolidayTests(TestApp app) : IClassFixture<TestApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Holiday_AddedChangedRemoved_IsLookedAtUntilItIsRemoved()
    {
        var staff = await app.BrowseAsStaffAsync();
        var added = await (await (await staff.GetAsync("/staff/school-holidays")).FollowAsync("Add a school holiday")).SubmitAsync(
            form => (form["Form.Name"], form["Form.FromOn"], form["Form.UntilOn"]) = ("May half-term", "31/5/2027", "4 June 2027"));
        Assert.Equal("May half-term 2027", added.Heading);
        Assert.Equal("It is in the school holidays: May half-term.", await WhyNotAsync(new(2027, 6, 4)));

        var changed = await added.SubmitAsync(form => form["Form.UntilOn"] = "3/6/2027");
        Assert.Contains("Last day: 4 June 2027 → 3 June 2027", changed.Main, StringComparison.Ordinal);
        Assert.Null(await WhyNotAsync(new(2027, 6, 4)));
        var removed = await changed.SubmitAsync(selector: "form[action*='handler=Archive']");

        Assert.Contains("Archived by Ann Coordinator", removed.Main, StringComparison.Ordinal);
        Assert.Null(await WhyNotAsync(new(2027, 6, 2)));
        Assert.DoesNotContain("May half-term", (await staff.GetAsync("/staff/school-holidays")).Main, StringComparison.Ordinal);
        Assert.Contains("May half-term", (await staff.GetAsync("/staff/school-holidays?show=archived")).Main, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "1/6/2027", "2/6/2027", "Enter the name of the holiday")]
    [InlineData("Half-term", "", "2/6/2027", "Enter the first day")]
    [InlineData("Half-term", "3/6/2027", "2/6/2027", "The last day must be the same as or after the first day")]
    [InlineData("Half-term", "3/6/2027", "2/6/2028", "A holiday must be shorter than 100 days")]
    public async Task Holiday_BadInput_SaysSoAtItsPlace(string name, string from, string until, string error)
    {
        var form = await (await app.BrowseAsStaffAsync()).GetAsync("/staff/school-holidays/new");

        var page = await form.SubmitAsync(fields => (fields["Form.Name"], fields["Form.FromOn"], fields["Form.UntilOn"]) = (name, from, until));

        Assert.Equal([error], page.Errors);
    }

    [Fact]
    public async Task Holiday_OfOneArea_LeavesTheOtherFree()
    {
        var (here, there) = (await app.Given.AreaAsync(), await app.Given.AreaAsync());
        await app.Given.SchoolHolidayAsync("Local holiday", new(2031, 6, 2), new(2031, 6, 6), here.Id);

        Assert.NotNull(await WhyNotAsync(new(2031, 6, 3), here.Id));
        Assert.NotNull(await WhyNotAsync(new(2031, 6, 3)));
        Assert.Null(await WhyNotAsync(new(2031, 6, 3), there.Id));
    }

    [Fact]
    public async Task Holiday_UnknownOrChangedSince_IsNotFoundOrTold()
    {
        var holiday = await app.Given.SchoolHolidayAsync("Raced holiday", new(2032, 6, 1), new(2032, 6, 4));
        var staff = await app.BrowseAsStaffAsync();
        var (slow, fast) = (await staff.GetAsync($"/staff/school-holidays/{holiday.Id}"), await staff.GetAsync($"/staff/school-holidays/{holiday.Id}"));
        await fast.SubmitAsync(form => form["Form.UntilOn"] = "3/6/2032");

        var page = await slow.SubmitAsync(form => form["Form.UntilOn"] = "2/6/2032");

        Assert.Contains("changed this while you had it open", page.Errors[0], StringComparison.Ordinal);
        Assert.Equal(new DateOnly(2032, 6, 3), await app.WithAsync((TrainingHubDb db) => db.SchoolHolidays.Where(one => one.Id == holiday.Id).Select(one => one.UntilOn).SingleAsync(Ct)));
        Assert.Equal(HttpStatusCode.NotFound, (await staff.GetAsync($"/staff/school-holidays/{Guid.NewGuid()}")).Status);
    }

    private async Task<string?> WhyNotAsync(DateOnly day, Guid? area = null)
    {
        var facts = new RunFacts(day, new(9, 30), new(12, 30), 20, DeliveryMode.Online, null, area, null, null, null);
        return (await app.WithAsync((AddRuns add) => add.PlanAsync(facts, Repeat.Once, 1, Ct)))[0].WhyNot;
    }
}

using Microsoft.Playwright;
using Xunit;

namespace TrainingHub.BrowserTests.Platform;

/// <summary>Walks every link from the staff's first page. Apart from the public pages, so that both are walked at the same time.</summary>
public sealed class StaffPagesTests(BrowserFixture site) : IClassFixture<BrowserFixture>
{
    // Buttons lead to these, with what was ticked in a list.
    private static readonly string[] OfTicks =
        ["/staff/charges/raise", "/staff/charges/waive", "/staff/dates/publish?all=true", "/staff/emails/again", "/staff/free-places/approve", "/staff/invoices/paid", "/staff/learning/actions-done", "/staff/learning/actions-later", "/staff/learning/actions-owner", "/staff/learning/needs/merge", "/staff/learning/needs/stand", "/staff/messages/bookings", "/staff/organisations/show", "/staff/surveys/comments/read"];

    // A trainer's own, which is walked with a trainer, and what asks for a proof only when the last one is old: SessionTests.
    private static readonly string[] OfOthers = ["/staff/confirm", "/staff/door"];

    [Fact]
    public async Task StaffPages_FollowedFromToday_AreAccessible()
    {
        await using var visit = await site.OpenAsync();
        await visit.GoAsCoordinatorAsync("/staff/surveys/questions");
        // Leads to the pages of a draft.
        await visit.PressAsync("Write the next version");

        var seen = await visit.WalkAsync(["/staff", .. OfTicks, "/staff/dates/calendar?month=2019-02", "/staff/search?q=nursery", "/staff/search?q=nobody+of+this+name"], path => path.StartsWith("/staff", StringComparison.Ordinal));

        Assert.Empty(site.PagesWithoutParameter(path => path.StartsWith("/staff", StringComparison.Ordinal)).Except(seen).Except(OfOthers));
    }

    [Fact]
    public async Task StaffForms_SentEmptyOrWrong_SayWhatIsMissing()
    {
        await using var visit = await site.OpenAsync();
        await visit.GoAsCoordinatorAsync("/staff/import");
        await visit.PressAsync("Check the file");
        await visit.SeeErrorsAsync("Choose what is in the file", "Choose a file");
        await visit.AssertAccessibleAsync();

        await visit.GoAsync("/staff/account");
        await visit.PressAsync("Change password");
        await Assertions.Expect(visit.Page.Locator(".govuk-error-summary")).ToBeVisibleAsync();
        await visit.AssertAccessibleAsync();

        await visit.GoAsync("/staff/dates/new");
        await visit.PressAsync("Continue");
        await visit.SeeErrorsAsync("Select the course", "Enter the date");
        await visit.AssertAccessibleAsync();

        await visit.GoAsync("/staff/messages/new");
        await visit.PressAsync("Look at it first");
        await Assertions.Expect(visit.Page.Locator(".govuk-error-summary")).ToBeVisibleAsync();
        await visit.AssertAccessibleAsync();

        await visit.GoAsync("/staff/reports/programme?from=soon&to=2026-04-01");
        await Assertions.Expect(visit.Page.Locator(".govuk-error-summary")).ToBeVisibleAsync();
        Assert.Equal("soon", await visit.Page.GetByLabel("From").InputValueAsync());
        await visit.AssertAccessibleAsync();
    }
}

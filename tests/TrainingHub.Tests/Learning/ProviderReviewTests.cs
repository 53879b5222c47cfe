using Microsoft.EntityFrameworkCore;
using TrainingHub.Catalogue;
using TrainingHub.Learning;
using TrainingHub.Platform;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Learning;

/// <summary>Reviews of a provider: a first day, then each review says when the next is due. It is 2 November 2026.</summary>
public sealed class ProviderReviewTests(TestApp app) : IClassFixture<TestApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task FirstDayThenReview_EachSaysWhenTheNextIsDue()
    {
        var provider = await app.Given.ProviderAsync();
        var staff = await app.BrowseAsStaffAsync();
        var quality = await staff.GetAsync(CatalogueUrls.ProviderQuality(provider.Id));
        Assert.Contains("Next review Not planned", quality.Main, StringComparison.Ordinal);
        Assert.Equal(["Enter the day of the first review"], (await quality.SubmitAsync(button: "Plan the first review")).Errors);
        Assert.Equal(["Enter today or a later day"], (await quality.SubmitAsync(form => Day(form, "FirstOn", 1, 11, 2026), button: "Plan the first review")).Errors);
        var planned = await quality.SubmitAsync(form => Day(form, "FirstOn", 1, 2, 2027), button: "Plan the first review");
        Assert.Contains("Next review 1 February 2027", planned.Main, StringComparison.Ordinal);
        var moved = await planned.SubmitAsync(form => Day(form, "FirstOn", 1, 3, 2027), button: "Choose this day");
        Assert.Contains("Next review 1 March 2027", moved.Main, StringComparison.Ordinal);

        var kept = await (await moved.FollowAsync("Record a review")).SubmitAsync(form =>
        {
            (form["Form.Outcome"], form["Form.Words"]) = ("CarryOn", "All well.");
            Day(form, "Form.NextOn", 2, 11, 2027);
        });

        Assert.Contains($"Review of {provider.Name}, 2 November 2026", kept.Heading, StringComparison.Ordinal);
        quality = await staff.GetAsync(CatalogueUrls.ProviderQuality(provider.Id));
        Assert.Contains("Next review 2 November 2027", quality.Main, StringComparison.Ordinal);
        Assert.DoesNotContain("Plan the first review", quality.Main, StringComparison.Ordinal);
        Assert.Contains("2 November 2027", (await staff.GetAsync($"/staff/providers?q={Uri.EscapeDataString(provider.Name)}")).Main, StringComparison.Ordinal);
        await kept.SubmitAsync(button: "Archive this review");
        Assert.Contains("Next review 1 March 2027", (await staff.GetAsync(CatalogueUrls.ProviderQuality(provider.Id))).Main, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FirstDay_ChosenByTwoPeople_TheSecondIsTold()
    {
        var provider = await app.Given.ProviderAsync();
        var staff = await app.BrowseAsStaffAsync();
        var first = await staff.GetAsync(CatalogueUrls.ProviderQuality(provider.Id));
        var other = await staff.GetAsync(CatalogueUrls.ProviderQuality(provider.Id));
        await (await first.SubmitAsync(form => Day(form, "FirstOn", 1, 2, 2027), button: "Plan the first review")).SubmitAsync(form => Day(form, "FirstOn", 1, 3, 2027), button: "Choose this day");

        var told = await other.SubmitAsync(form => Day(form, "FirstOn", 1, 4, 2027), button: "Plan the first review");

        Assert.StartsWith("Somebody reviewed the provider or chose another day meanwhile", Assert.Single(told.Errors), StringComparison.Ordinal);
        Assert.Equal(new DateOnly(2027, 3, 1), await app.WithAsync((TrainingHubDb db) => ProviderReview.Newest(db).Where(one => one.ProviderId == provider.Id).Select(one => one.NextOn).SingleAsync(Ct)));
    }

    [Fact]
    public async Task Review_BadInput_SaysSoAtItsPlace()
    {
        var form = await (await app.BrowseAsStaffAsync()).GetAsync(LearningUrls.NewReview((await app.Given.ProviderAsync()).Id));

        Assert.Equal(["Select what came of it", "Enter what was found and agreed"], (await form.SubmitAsync()).Errors);
        Assert.Equal(["Enter the day of the next review"], (await form.SubmitAsync(fields => (fields["Form.Outcome"], fields["Form.Words"]) = ("CarryOn", "Well"))).Errors);
        Assert.Equal(["Leave the next review empty, since the work with the provider ends"], (await form.SubmitAsync(fields =>
        {
            (fields["Form.Outcome"], fields["Form.Words"]) = ("End", "Not well");
            Day(fields, "Form.NextOn", 1, 1, 2028);
        })).Errors);
        Assert.Equal(["The next review must be after the day of this one"], (await form.SubmitAsync(fields =>
        {
            (fields["Form.Outcome"], fields["Form.Words"]) = ("CarryOn", "Well");
            Day(fields, "Form.NextOn", 2, 11, 2026);
        })).Errors);
        Assert.StartsWith("Enter today or a day before", Assert.Single((await form.SubmitAsync(fields =>
        {
            (fields["Form.Outcome"], fields["Form.Words"]) = ("End", "Not well");
            Day(fields, "Form.HeldOn", 3, 11, 2026);
        })).Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Newest_IsTheLastThatWasHeld_WhateverWasWrittenLast()
    {
        var provider = (await app.Given.ProviderAsync()).Id;
        await app.Given.ReviewAsync(provider, new(2026, 10, 1), new(2027, 10, 1));
        await app.Given.ReviewAsync(provider, new(2026, 3, 1), new(2026, 9, 1));

        Assert.Equal(new DateOnly(2027, 10, 1), await app.WithAsync((TrainingHubDb db) => ProviderReview.Newest(db).Where(one => one.ProviderId == provider).Select(one => one.NextOn).SingleAsync(Ct)));
    }

    private static void Day(TestForm form, string field, int day, int month, int year) =>
        (form[$"{field}.Day"], form[$"{field}.Month"], form[$"{field}.Year"]) = ($"{day}", $"{month}", $"{year}");
}

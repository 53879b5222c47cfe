using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
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

    [Fact]
    public async Task InvoiceOfACancelledPlace_IsPutRight()
    {
        var run = (await app.Given.RunAsync((await app.Given.CourseAsync(pricePence: 5500)).Id, new DateOnly(2026, 12, 1))).Id;
        var booked = await app.Given.BookAsync(Given.Request(run, await app.Given.SectorIdAsync(), await app.Given.AreaIdAsync(), "a@right.example", "b@right.example"));
        await app.Given.InvoiceAsync(booked.Id, 71, 11000, new DateOnly(2026, 11, 1));
        var staff = await app.BrowseAsStaffAsync();
        Assert.DoesNotContain("INV-00071", (await staff.GetAsync("/staff")).Main, StringComparison.Ordinal);
        var place = await app.WithAsync((TrainingHubDb db) => db.Places.Where(one => one.BookingId == booked.Id).Select(one => one.Id).FirstAsync(Token));
        await app.WithAsync<CancelBooking, CancelResult>(cancel => cancel.RunAsync(booked.Id, place, Token));

        var today = await staff.GetAsync("/staff");
        Assert.Contains("INV-00071", (await staff.GetAsync("/staff/invoices?show=wrong")).Main, StringComparison.Ordinal);
        var page = await today.FollowAsync("INV-00071 asks for £110 and should ask for £55");
        var done = await page.SubmitAsync(fields => fields["PutRightWhat"] = "Credit note 12", "form[action*=PutRight]");
        var again = await page.SubmitAsync(fields => fields["PutRightWhat"] = "Credit note 12", "form[action*=PutRight]");

        Assert.Contains("The invoice is right.", done.Document.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Credit note 12", done.Main, StringComparison.Ordinal);
        Assert.Contains("issued over £110.00", done.Main, StringComparison.Ordinal);
        Assert.Contains("Nothing was changed", again.Document.Body!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("INV-00071", (await staff.GetAsync("/staff")).Main, StringComparison.Ordinal);
        Assert.Equal(1, await app.WithAsync((TrainingHubDb db) => db.OutgoingEmails.CountAsync(email => email.About == booked.Reference && email.Kind == "invoice-changed", Token)));
        await app.WithAsync<CancelBooking, CancelResult>(cancel => cancel.RunAsync(booked.Id, Token));
        Assert.Contains("INV-00071 asks for £55, and nothing is to pay", (await staff.GetAsync("/staff")).Main, StringComparison.Ordinal);
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using TrainingHub.Attendance;
using TrainingHub.Platform;
using TrainingHub.Tests;
using TrainingHub.Tests.Attendance;
using Xunit;

namespace TrainingHub.BrowserTests.Attendance;

/// <summary>
/// A certificate on a phone, without JavaScript: from the email to the page, the file and the check by somebody else, and most of a year
/// later the reminder, the course to renew it with and the way to stop reminders.
/// </summary>
public sealed class CertificateJourneyTests(BrowserFixture site) : IClassFixture<BrowserFixture>
{
    private const string Name = "Cora Certified";
    private const string Address = "cora.certified@example.org";
    private const int Months = 12;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Certificate_FromTheEmailToTheReminder_WithoutJavaScript()
    {
        var course = await RenewedAsync();
        var world = new CertificateWorld(site.App);
        var place = await world.AttendedAsync(course: course, given: new GivenDelegate(Name) { Email = Address });
        var certificate = await world.IssuedAsync(place);

        await using var holder = await site.OpenAsync(javaScript: false);
        await holder.OpenMailAsync(Address, $"{Name}, your certificate is ready");
        await holder.AssertAccessibleAsync();
        await holder.GoAsync(await holder.MailedLinkAsync("/certificate/open/[^/]+"));
        await holder.SeeAsync($"Certificate of attendance: {course.Title}");
        await holder.ReadAsync(Name);
        await holder.AssertAccessibleAsync(Screen.Desktop);
        var pdf = await holder.Page.Context.APIRequest.GetAsync(CertificateUrls.Pdf(certificate.Id));
        Assert.Equal((200, "application/pdf"), (pdf.Status, pdf.Headers["content-type"]));
        Assert.StartsWith("%PDF-", System.Text.Encoding.ASCII.GetString((await pdf.BodyAsync())[..8]), StringComparison.Ordinal);

        await using (var headteacher = await site.OpenAsync(javaScript: false))
        {
            await headteacher.GoAsync(CertificateUrls.Check);
            await headteacher.FillAsync("Code on the certificate", CertificateWords.Code(certificate.Code));
            await headteacher.PressAsync("Check");
            await headteacher.SeeAsync("This certificate is valid");
            await headteacher.ReadAsync(Name);
            await headteacher.AssertAccessibleAsync(Screen.Desktop);
        }

        var ends = certificate.ValidUntil!.Value;
        site.App.Clock.MoveTo(London.Instant(ends.AddDays(-60), new TimeOnly(12, 0)));
        await site.App.RunJobAsync(nameof(RemindOfRenewals));
        await holder.OpenMailAsync(Address, $"{Name}, your certificate ends on {London.Words(ends)}");
        await holder.AssertAccessibleAsync();
        await holder.GoAsync(await holder.MailedLinkAsync("/certificate/stop/[^/]+"));
        await holder.PressAsync($"Stop reminders to {Name}");
        await holder.SeeAsync("Reminders are stopped");
        await holder.AssertAccessibleAsync();
        await holder.OpenMailAsync(Address, $"{Name}, your certificate ends on");
        await holder.GoAsync(await holder.MailedLinkAsync("/courses/[^/]+"));
        await holder.SeeAsync(course.Title);
    }

    [Fact]
    public async Task CertificatesOfADate_ForStaff_AreAccessible()
    {
        var world = new CertificateWorld(site.App);
        var place = await world.AttendedAsync(course: await RenewedAsync(), given: new GivenDelegate("Stella Staff"));
        var certificate = await world.IssuedAsync(place);
        await using var coordinator = await site.OpenAsync(Screen.Desktop);
        await coordinator.GoAsCoordinatorAsync(CertificateUrls.StaffPage(certificate.Id));
        await coordinator.ReadAsync("Stella Staff");
        await coordinator.AssertAccessibleAsync(Screen.Phone);
        await coordinator.GoAsync(CertificateUrls.OfRun(place.Place.RunId));
        await Assertions.Expect(coordinator.Page.GetByRole(AriaRole.Link, new() { Name = certificate.Number }).Or(coordinator.Page.GetByText("Stella Staff")).First).ToBeVisibleAsync();
        await coordinator.AssertAccessibleAsync(Screen.Phone);
    }

    /// <summary>A course that everybody finds and that is taken again after a year.</summary>
    private async Task<TrainingHub.Catalogue.Course> RenewedAsync()
    {
        var course = await site.App.WithAsync((TrainingHubDb db) => db.Courses.Where(TrainingHub.Catalogue.Course.IsPublic).OrderBy(one => one.Title).FirstAsync(Ct));
        await site.App.WithAsync((TrainingHubDb db) => db.Courses.Where(one => one.Id == course.Id).ExecuteUpdateAsync(set => set.SetProperty(one => one.RenewalMonths, Months), Ct));
        return course;
    }
}

using System.Net;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Attendance;
using TrainingHub.Platform;
using TrainingHub.Platform.Files;
using TrainingHub.Portal;
using TrainingHub.Tests.People;
using TrainingHub.Tests.Platform.Files;
using TrainingHub.Tests.Portal;
using Xunit;

namespace TrainingHub.Tests.Attendance;

/// <summary>Who sees a certificate: its holder, whoever has its code, a training lead, and staff.</summary>
public sealed class CertificatePagesTests(TestApp app) : IClassFixture<TestApp>
{
    private readonly CertificateWorld world = new(app);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Holder_ByTheLinkInTheEmail_SeesItAndNobodyElseDoes()
    {
        var place = await world.AttendedAsync();
        var certificate = await world.IssuedAsync(place);
        var browser = app.Browse();

        var page = await browser.GetAsync(await world.LinkAsync(place));
        var other = await app.Browse().GetAsync(CertificateUrls.Page(certificate.Id));

        Assert.Equal($"Certificate of attendance: {certificate.CourseTitle}", page.Heading);
        Assert.Contains(place.Person.Name, page.Main);
        Assert.Contains(London.Words(certificate.ValidUntil!.Value), page.Main);
        Assert.DoesNotContain(await world.LinkAsync(place), page.Address);
        Assert.Equal(HttpStatusCode.NotFound, other.Status);
        Assert.DoesNotContain(place.Person.Name, other.Text);
        Assert.Equal(HttpStatusCode.NotFound, (await app.Browse().GetAsync("/certificate/open/nothing")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await app.Browse().GetAsync(CertificateUrls.Pdf(certificate.Id))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await app.Browse().GetAsync(CertificateUrls.Badge(certificate.Id))).Status);
    }

    [Fact]
    public async Task Pdf_OfItsHolder_IsTaggedInItsLanguageWithTheCodeDescribed()
    {
        var place = await world.AttendedAsync(mark: Mark.Part);
        var certificate = await world.IssuedAsync(place);
        var browser = app.Browse();
        await browser.GetAsync(await world.LinkAsync(place));

        var bytes = await browser.Client.GetByteArrayAsync(CertificateUrls.Pdf(certificate.Id), Ct);
        var pdf = new PdfFile(bytes);

        Assert.Equal((true, "en-GB", 1), (pdf.IsTagged, pdf.Language, pdf.Pages));
        Assert.Equal($"Certificate of attendance in part: {certificate.CourseTitle}", pdf.Title);
        Assert.Equal(["P", "H1", "P", "H2", "P", "H2", "Table"], pdf.Tags.Where(tag => tag is "P" or "H1" or "H2" or "Table").Take(7));
        Assert.Equal(["H2", "P", "Figure", "P", "Link"], pdf.Tags.SkipWhile(tag => tag != "Table").Where(tag => tag is "H2" or "P" or "Figure" or "Link"));
        Assert.Contains("TH:Row", pdf.Tags);
        Assert.Equal([$"QR code that leads to https://localhost{CertificateUrls.CheckOf(certificate.Code)}"], pdf.Alternatives);
        Assert.Contains("attended part of the course", pdf.Text);
        Assert.Contains(certificate.PersonName!, pdf.Text);
        Assert.Contains(CertificateWords.Code(certificate.Code), pdf.Text);
    }

    [Fact]
    public async Task Check_ByItsCode_SaysWhatStandsOnItAndNoMore()
    {
        var place = await world.AttendedAsync();
        var certificate = await world.IssuedAsync(place);
        var stored = await StoredAsync();

        var form = await app.Browse().GetAsync(CertificateUrls.Check);
        var typed = await app.Browse().GetAsync($"{CertificateUrls.Check}?code={CertificateWords.Code(certificate.Code).ToLowerInvariant()}");
        var page = await app.Browse().GetAsync(CertificateUrls.CheckOf(certificate.Code));
        var unknown = await app.Browse().GetAsync(CertificateUrls.CheckOf("AAAABBBBCCCCDDDD"));

        Assert.Equal(("Check a certificate", "This certificate is valid"), (form.Heading, typed.Heading));
        Assert.Equal("This certificate is valid", page.Heading);
        Assert.Contains(place.Person.Name, page.Main);
        Assert.DoesNotContain(place.Person.Email, page.Text);
        Assert.DoesNotContain("Bluebell Nursery", page.Text);
        Assert.Contains("noindex", page.Text);
        Assert.Contains("no-store", page.Response.Headers.CacheControl?.ToString());
        Assert.Equal((HttpStatusCode.NotFound, "We do not know this certificate"), (unknown.Status, unknown.Heading));
        Assert.Equal("AAAABBBBCCCCDDDD", unknown.Find("main form input[name=code]").GetAttribute("value"));
        Assert.Contains("Disallow: /certificates/", (await app.Browse().GetAsync("/robots.txt")).Text);
        Assert.Equal(stored, await StoredAsync());
    }

    [Theory]
    [InlineData("expired", "This certificate has expired", true)]
    [InlineData("taken back", "This certificate has been withdrawn", false)]
    [InlineData("taken back a moment ago", "This certificate has been withdrawn", false)]
    [InlineData("withdrawn", "This certificate has been withdrawn", false)]
    [InlineData("replaced", "This certificate has been replaced", false)]
    [InlineData("forgotten", "We cannot confirm this certificate", false)]
    public async Task Check_OfOneThatDoesNotCount_SaysSoAndNamesNobody(string what, string heading, bool isNamed)
    {
        var place = await world.AttendedAsync(course: await world.CourseAsync(months: what == "expired" ? 1 : 36), daysAgo: what == "expired" ? 80 : 2);
        var certificate = await world.IssuedAsync(place);
        var browser = app.Browse();
        var link = await world.LinkAsync(place);
        switch (what)
        {
            case "taken back" or "taken back a moment ago":
                await world.MarkAsync(place, Mark.Absent);
                break;
            case "withdrawn":
                await app.WithAsync((WithdrawCertificate withdraw) => withdraw.RunAsync(certificate.Id, "Because of this", CertificateWorld.By, Ct));
                break;
            case "replaced":
                await world.ByHandAsync(place, certificate.Id);
                break;
            case "forgotten":
                await app.WithAsync((TrainingHub.Bookings.ForgetPerson forget) => forget.RunAsync(place.Person.Id, CertificateWorld.By, Ct));
                break;
        }

        if (what != "taken back a moment ago")
        {
            await world.KeepAsync();
        }

        var page = await app.Browse().GetAsync(CertificateUrls.CheckOf(certificate.Code));
        await browser.GetAsync(link);

        Assert.Equal((HttpStatusCode.OK, heading), (page.Status, page.Heading));
        Assert.Equal(isNamed, page.Main.Contains(place.Person.Name, StringComparison.Ordinal));
        Assert.DoesNotContain("Because of this", page.Text);
        Assert.Equal(what == "expired" ? HttpStatusCode.OK : HttpStatusCode.NotFound, (await browser.GetAsync(CertificateUrls.Pdf(certificate.Id))).Status);
    }

    [Fact]
    public async Task MyTraining_OfItsHolder_ListsEveryCertificateWithItsFile()
    {
        var place = await world.AttendedAsync(given: new GivenDelegate("Mia Came") { Email = "mia@cert.example", BookedBy = "boss@cert.example" });
        var certificate = await world.IssuedAsync(place);

        var page = await app.SignInByCodeAsync("mia@cert.example");
        var training = await page.Browser.GetAsync(PortalUrls.TrainingOf(place.Person.Id));
        var own = await training.FollowAsync($"{certificate.CourseTitle}, certificate of {CertificateWords.Days(certificate.Days)}");
        var booker = await app.SignInByCodeAsync("boss@cert.example");

        Assert.Contains("Certificates", training.All("h2"));
        Assert.Equal(CertificateUrls.Page(certificate.Id), own.Address);
        using var file = await page.Browser.Client.GetAsync(CertificateUrls.Pdf(certificate.Id), Ct);
        Assert.Equal(PdfWriter.ContentType, file.Content.Headers.ContentType?.MediaType);
        Assert.Equal(HttpStatusCode.NotFound, (await booker.Browser.GetAsync(CertificateUrls.Page(certificate.Id))).Status);
    }

    [Fact]
    public async Task Organisation_ItsTrainingLead_SeesWhatEndsWhenAndTakesTheFile()
    {
        var (own, other) = (await app.Given.OrganisationAsync($"Hill School {Guid.NewGuid():N}", isApproved: true), await app.Given.OrganisationAsync($"Vale School {Guid.NewGuid():N}", isApproved: true));
        await app.Given.LeadAsync(own.Id, "lead@cert.example");
        var (soon, later) = (await world.CourseAsync(months: 2, title: "Ends first"), await world.CourseAsync(months: null, title: "Has no end"));
        await world.AttendedAsync(course: soon, given: new GivenDelegate("Ann Own") { For = own });
        await world.AttendedAsync(course: later, given: new GivenDelegate("Ann Own") { For = own });
        await world.AttendedAsync(course: soon, given: new GivenDelegate("Olaf Other") { For = other });
        await world.KeepAsync();

        var lead = (await app.SignInByCodeAsync("lead@cert.example")).Browser;
        var page = await (await lead.GetAsync(PortalUrls.Organisation(own.Id))).FollowAsync("Certificates, and what ends when");
        var ending = await lead.GetAsync($"{PortalUrls.Certificates(own.Id)}?show=ending");
        var named = await lead.GetAsync($"{PortalUrls.Certificates(own.Id)}?q=no end");
        var file = await lead.GetAsync($"{PortalUrls.Certificates(own.Id)}?file=csv");

        Assert.Equal(["Ends first", "Has no end"], page.All("tbody td[data-label=Course]"));
        Assert.DoesNotContain("Olaf", page.Text + file.Text);
        Assert.Contains("Ends soon", page.Main);
        Assert.Equal(["Ends first"], ending.All("tbody td[data-label=Course]"));
        Assert.Equal(["Has no end"], named.All("tbody td[data-label=Course]"));
        Assert.Contains("Ann Own,Ends first,", file.Text);
        Assert.Equal(HttpStatusCode.NotFound, (await lead.GetAsync(PortalUrls.Certificates(other.Id))).Status);
    }

    [Fact]
    public async Task Staff_Certificate_IsFoundWithdrawnWithAReasonAndIssuedAgain()
    {
        var place = await world.AttendedAsync(name: $"Zora Zebra {Guid.NewGuid():N}");
        var certificate = await world.IssuedAsync(place);
        var staff = await app.BrowseAsStaffAsync();

        var list = await staff.GetAsync($"{CertificateUrls.Staff}?q=zora");
        var record = await list.FollowAsync(certificate.Number);
        var ask = await record.FollowAsync("Withdraw");
        var refused = await ask.SubmitAsync();
        var done = await refused.SubmitAsync(form => form["Reason"] = "Signed in for a colleague");
        var issued = await done.SubmitAsync();

        Assert.Equal(["Say why it is withdrawn"], refused.Errors);
        Assert.Contains($"Certificate {certificate.Number} is withdrawn", done.Document.Body!.TextContent);
        Assert.Contains("“Signed in for a colleague”", done.Main);
        Assert.Contains("A certificate is issued", issued.Document.Body!.TextContent);
        Assert.NotEqual(record.Heading, issued.Heading);
        Assert.Contains(certificate.Number, (await staff.GetAsync($"{CertificateUrls.Staff}?q={certificate.Code}")).Main);
        Assert.Contains(certificate.Number, (await staff.GetAsync($"{CertificateUrls.Staff}?q=zora&file=csv")).Text);
        Assert.Contains(certificate.Number, (await staff.GetAsync($"{CertificateUrls.Staff}?show=ended&person={place.Person.Id}")).Main);
        Assert.Contains("2 certificates", (await staff.GetAsync($"/staff/people/{place.Person.Id}")).Main);
    }

    [Fact]
    public async Task Staff_DateOfLongAgo_IssuesTheMissingOnesOnceTheyAreShown()
    {
        var place = await world.AttendedAsync(daysAgo: 200);
        var staff = await app.BrowseAsStaffAsync();

        var list = await (await staff.GetAsync(AttendanceUrls.Date(place.Place.RunId))).FollowAsync("Certificates");
        var ask = await list.FollowAsync("Issue it now");
        var done = await ask.SubmitAsync();
        var twice = await ask.SubmitAsync();

        Assert.Contains("1 person attended and has no certificate", list.Main);
        Assert.Contains(place.Person.Name, ask.Main);
        Assert.Contains("1 certificate is issued", done.Document.Body!.TextContent);
        Assert.Contains("No certificate was missing any more", twice.Document.Body!.TextContent);
        Assert.Single(await world.AllAsync(place));
    }

    private Task<int> StoredAsync() => app.WithAsync(async (TrainingHubDb db) =>
        await db.Certificates.CountAsync(Ct) + await db.HistoryEntries.CountAsync(Ct) + await db.OutgoingEmails.CountAsync(Ct));
}

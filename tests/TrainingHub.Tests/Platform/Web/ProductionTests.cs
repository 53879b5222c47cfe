using System.Net;
using TrainingHub.Bookings;
using TrainingHub.Tests.Bookings;
using Xunit;

namespace TrainingHub.Tests.Platform.Web;

/// <summary>What differs from the demonstration: cookies for TLS only, HSTS, no demonstration line.</summary>
public sealed class ProductionTests(TestDatabase databases) : IAsyncLifetime
{
    private readonly TestApp app = new(
        databases, "Production",
        "Site:Name", "Training", "Site:PartnershipName", "A partnership", "Site:PublicUrl", "https://training.example/courses-here",
        "Site:ContactEmail", "a@training.example", "Site:ContactPhone", "01632 960 001", "Site:ContactHours", "weekdays",
        "Site:PostalAddress", "1 Road", "Site:SafeguardingPhone", "01632 960 002", "Site:SafeguardingPhoneOutOfHours", "01632 960 003",
        "Site:DataController", "A council", "Site:DataProtectionEmail", "b@training.example", "Site:SecurityEmail", "c@training.example",
        "Email:Smtp:Host", "mail.training.example", "Email:From", "d@training.example",
        "Proxy:KnownProxies:0", "10.0.0.1");

    public async ValueTask InitializeAsync()
    {
        await app.InitializeAsync();
        app.ClientOptions.BaseAddress = new Uri("https://training.example");
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task Form_InProduction_SetsAHostCookieForTlsOnly()
    {
        var page = await app.Browse().GetAsync("/courses-here/sign-in");

        var cookie = page.Response.Headers.GetValues("Set-Cookie").Single(cookie => cookie.StartsWith("__Host-csrf=", StringComparison.Ordinal));
        Assert.Contains("secure", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("path=/;", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("domain=", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Answer_OverTls_AsksForTlsForAYear()
    {
        var page = await app.Browse().GetAsync("/courses-here/terms");

        Assert.Equal("max-age=31536000; includeSubDomains", page.Response.Headers.GetValues("Strict-Transport-Security").Single());
    }

    [Fact]
    public async Task Page_UnderAPath_LinksInsideItAndIsNoDemonstration()
    {
        var page = await app.Browse().GetAsync("/courses-here/terms");

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal("https://training.example/courses-here/terms", page.Find("link[rel=canonical]").GetAttribute("href"));
        Assert.All(page.Document.QuerySelectorAll("nav a"), link =>
            Assert.StartsWith("/courses-here/", link.GetAttribute("href"), StringComparison.Ordinal));
        Assert.DoesNotContain("Demonstration", page.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://training.example/courses-here/sign-in")]
    [InlineData("http://training.example/courses-here/")]
    [InlineData("https://evil.example/courses-here/staff")]
    [InlineData("https://10.0.0.7/courses-here/sign-in")]
    public async Task Address_ThatIsNotOurs_SaysWhereTheSiteIs(string address)
    {
        var page = await app.Browse().GetAsync(address);

        Assert.Equal((HttpStatusCode.BadRequest, "This is not our address"), (page.Status, page.Heading));
        Assert.Contains("This site is at https://training.example/courses-here", page.Main, StringComparison.Ordinal);
        Assert.DoesNotContain("evil", page.Document.DocumentElement.OuterHtml, StringComparison.Ordinal);
        Assert.DoesNotContain(page.Response.Headers, header => header.Key == "Set-Cookie");
    }

    [Fact]
    public async Task Probe_ByAnyAddress_IsAnswered() =>
        Assert.Equal(HttpStatusCode.OK, (await app.Browse().GetAsync("http://10.0.0.7/courses-here/health/live")).Status);

    [Fact]
    public async Task PrivateLink_InProduction_GrantsByAHostCookieForTlsOnly()
    {
        var world = await BookingWorld.MakeAsync(app.Database, app.Clock);
        var run = await world.RunAsync(capacity: 10);
        var request = world.Request(run, "ann@delegates.example");
        await world.BookPlace.RunAsync(request, TestContext.Current.CancellationToken);
        using var client = app.CreateClient(new() { AllowAutoRedirect = false, BaseAddress = app.ClientOptions.BaseAddress });

        using var answer = await client.GetAsync(
            "/courses-here" + BookingUrls.PrivateLink(await app.Given.LinkAsync(Booking.LinkPurpose, request.BookingId)), TestContext.Current.CancellationToken);

        var cookie = answer.Headers.GetValues("Set-Cookie").Single();
        Assert.StartsWith("__Host-access-", cookie, StringComparison.Ordinal);
        Assert.Contains("secure", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task DevPages_InProduction_DoNotExist()
    {
        Assert.Equal(HttpStatusCode.NotFound, (await app.Browse().GetAsync("/courses-here/dev")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await app.Browse().GetAsync("/courses-here/dev/mail")).Status);
    }
}

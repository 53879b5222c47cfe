using System.Net;
using TrainingHub.Tests.Catalogue;
using Xunit;

namespace TrainingHub.Tests.Platform.Web;

/// <summary>An address is found whatever its case and leads to the one in which it is written.</summary>
public sealed class RightCaseTests(CatalogueApp app) : IClassFixture<CatalogueApp>
{
    [Theory]
    [InlineData("/COURSES", "/courses")]
    [InlineData("/Courses?when=SATURDAY", "/courses?when=SATURDAY")]
    [InlineData("/COURSES/Neglect", "/courses/neglect")]
    [InlineData("/courses/NEGLECT?when=twilight", "/courses/neglect?when=twilight")]
    [InlineData("/Privacy", "/privacy")]
    [InlineData("/Free-Places", "/free-places")]
    [InlineData("/SITEMAP.xml", "/sitemap.xml")]
    public async Task Address_InCapitals_LeadsToTheOneOfThePage(string typed, string right)
    {
        using var client = app.CreateClient(new() { AllowAutoRedirect = false, BaseAddress = new Uri("https://localhost") });
        using var first = await client.GetAsync(typed, TestContext.Current.CancellationToken);
        var page = await app.Browse().GetAsync(typed);

        Assert.Equal((HttpStatusCode.OK, right), (page.Status, page.Address));
        Assert.Equal(HttpStatusCode.MovedPermanently, first.StatusCode);
    }

    [Fact]
    public async Task Calendar_OfACourseInCapitals_IsFound() =>
        Assert.Equal(HttpStatusCode.OK, (await app.Browse().GetAsync("/courses/Neglect.ics")).Status);

    [Theory]
    [InlineData("/courses/no-such-course")]
    [InlineData("/COURSES/NO-SUCH-COURSE")]
    public async Task Address_OfNothing_IsNotFound(string address) =>
        Assert.Equal(HttpStatusCode.NotFound, (await app.Browse().GetAsync(address)).Status);
}

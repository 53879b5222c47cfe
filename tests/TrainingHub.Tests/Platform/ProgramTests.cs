using System.Net;
using Xunit;

namespace TrainingHub.Tests.Platform;

public sealed class ProgramTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task Serve_MigratedDatabase_IsReady()
    {
        var page = await app.Browse().GetAsync("/health/ready");

        Assert.Equal(HttpStatusCode.OK, page.Status);
    }

    [Fact]
    public async Task Serve_UnknownAddress_SaysNotFoundOnAPage()
    {
        var page = await app.Browse().GetAsync("/no-such-page");

        Assert.Equal(HttpStatusCode.NotFound, page.Status);
        Assert.NotEqual("", page.Heading);
    }
}

using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using TrainingHub.Platform;
using Xunit;

namespace TrainingHub.Tests.Platform.Web;

public sealed class DevPageTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task Clock_MovedByButton_ShowsTheNewTimeAndGoesBack()
    {
        await using var demo = app.WithWebHostBuilder(builder => builder.ConfigureTestServices(services =>
            services.Replace(ServiceDescriptor.Singleton<TimeProvider>(new DemoClock(app.DataFolder)))));
        using var client = demo.CreateClient(app.ClientOptions);
        var page = await new TestBrowser(client).GetAsync("/dev");

        page = await page.SubmitAsync(selector: "form[action*='Clock']", button: "97 days on: surveys are due");

        Assert.Contains("97 days ahead of the real time", page.Main, StringComparison.Ordinal);
        page = await page.SubmitAsync(selector: "form[action*='RealTime']");
        Assert.Contains("the real time.", page.Main, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Clock_MovedByButton_KeepsTheCoordinatorSignedIn()
    {
        await using var demo = app.WithWebHostBuilder(builder => builder.ConfigureTestServices(services =>
            services.Replace(ServiceDescriptor.Singleton<TimeProvider>(new DemoClock(app.DataFolder)))));
        using var client = demo.CreateClient(app.ClientOptions);
        var browser = new TestBrowser(client);
        await (await browser.GetAsync("/dev")).SubmitAsync(selector: "form[action$='/dev/sign-in']");

        var moved = await (await browser.GetAsync("/dev")).SubmitAsync(selector: "form[action*='Clock']", button: "97 days on: surveys are due");
        var after = await browser.GetAsync("/staff/dates");
        await moved.SubmitAsync(selector: "form[action*='RealTime']");

        Assert.Contains("97 days ahead", moved.Main, StringComparison.Ordinal);
        Assert.Equal("/staff/dates", after.Address);
    }

    [Fact]
    public async Task Jobs_RunByButton_SaysHowMuchWasDone()
    {
        var page = await app.Browse().GetAsync("/dev");

        page = await page.SubmitAsync(selector: "form[action*='Jobs']");

        Assert.Contains("All jobs ran and handled", page.Main, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignIn_OneClick_OpensTheStaffArea()
    {
        var page = await app.Browse().GetAsync("/dev");

        page = await page.SubmitAsync(selector: "form[action$='/dev/sign-in']");

        Assert.StartsWith("/staff", page.Address, StringComparison.Ordinal);
    }
}

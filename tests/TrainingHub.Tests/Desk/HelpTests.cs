using System.Net;
using TrainingHub.Desk;
using TrainingHub.Tests.House;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Desk;

/// <summary>The guide of staff: its pictures are there, and each of its links leads to a screen.</summary>
public sealed class HelpTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task Help_EachPicture_IsThereAndIsOneOfTheList()
    {
        var staff = await app.BrowseAsStaffAsync();

        var shown = (await staff.GetAsync("/staff/help")).Document.QuerySelectorAll("main img");

        Assert.Equal(HelpPicture.All.Select(picture => picture.File).Order(), shown.Select(image => image.GetAttribute("src")!).Order());
        Assert.All(shown, image => Assert.NotEqual("", image.GetAttribute("alt")));
        foreach (var picture in HelpPicture.All)
        {
            Assert.Equal((HttpStatusCode.OK, "image/jpeg"), await KindAsync(staff, picture.File));
        }

        static async Task<(HttpStatusCode, string?)> KindAsync(TestBrowser staff, string file)
        {
            using var answer = await staff.Client.GetAsync(file, TestContext.Current.CancellationToken);
            return (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType);
        }
    }

    [Fact]
    public async Task Help_EachLink_LeadsToAScreen()
    {
        var staff = await app.BrowseAsStaffAsync();
        var links = (await staff.GetAsync("/staff/help")).Document.QuerySelectorAll("main a[href^='/']").Select(link => link.GetAttribute("href")!).Distinct().ToList();

        List<string> faults = [];
        foreach (var link in links)
        {
            var status = (await staff.GetAsync(link)).Status;
            if (status != HttpStatusCode.OK)
            {
                faults.Add($"{link}: {status}");
            }
        }

        Assert.NotEmpty(links);
        Verdict.NoFaults(faults);
    }
}

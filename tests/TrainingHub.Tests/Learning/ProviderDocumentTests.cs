using System.Net;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Catalogue;
using TrainingHub.Learning;
using TrainingHub.Platform;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Learning;

/// <summary>Documents of providers at their pages: added, replaced, archived, and read by those alone who run the programme.</summary>
public sealed class ProviderDocumentTests(TestApp app) : IClassFixture<TestApp>
{
    private static readonly byte[] Pdf = "%PDF-1.7\n1 0 obj\nendobj\n%%EOF\n"u8.ToArray();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Document_AddedAndReplaced_TheNewerCountsAndTheEarlierStaysReadable()
    {
        var provider = await app.Given.ProviderAsync();
        var staff = await app.BrowseAsStaffAsync();
        var quality = await staff.GetAsync(CatalogueUrls.ProviderQuality(provider.Id));
        Assert.Contains("There are no documents yet", quality.Main, StringComparison.Ordinal);
        var first = await (await quality.FollowAsync("Add a document")).SubmitAsync(form => Fill(form, "Insurance 2026", "31", "12", "2026"));
        Assert.Equal("Insurance 2026", first.Heading);

        var second = await (await first.FollowAsync("Add a newer one")).SubmitAsync(form =>
        {
            Assert.Equal(("Insurance", "Insurance 2026"), (form["Form.Kind"], form["Form.Name"]));
            Fill(form, "Insurance 2027", "31", "12", "2027");
        });

        Assert.Contains("Earlier documents Insurance 2026 Added on 2 November 2026, held until 31 December 2026", second.Main, StringComparison.Ordinal);
        var earlier = await second.FollowAsync("Insurance 2026");
        Assert.Contains("An earlier document", earlier.Main, StringComparison.Ordinal);
        Assert.Empty(earlier.All("a[href*='replaces=']"));
        var file = await staff.GetAsync(earlier.Find("a[href*='handler=File']").GetAttribute("href")!);
        Assert.Equal("application/pdf", file.Response.Content.Headers.ContentType!.MediaType);
        Assert.Contains("attachment", file.Response.Content.Headers.ContentDisposition!.ToString(), StringComparison.Ordinal);
        Assert.Contains("sandbox", file.Response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        quality = await staff.GetAsync(CatalogueUrls.ProviderQuality(provider.Id));
        Assert.Contains("Insurance 2027 Insurance · until 31 December 2027", quality.Main, StringComparison.Ordinal);
        Assert.DoesNotContain("Insurance 2026", quality.Main, StringComparison.Ordinal);
        Assert.Contains("No contract; no safeguarding policy", quality.Main, StringComparison.Ordinal);
        Assert.Contains("Document added by Ann Coordinator", (await staff.GetAsync(CatalogueUrls.StaffProvider(provider.Id))).Main, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Document_BadInput_SaysSoAtItsPlaceAndKeepsWhatWasTyped()
    {
        var form = await (await app.BrowseAsStaffAsync()).GetAsync(LearningUrls.NewDocument((await app.Given.ProviderAsync()).Id));

        Assert.Equal(["Select what kind of document it is", "Enter the name of the document", "Choose the file"], (await form.SubmitAsync()).Errors);
        var again = await form.SubmitAsync(fields =>
        {
            (fields["Form.Kind"], fields["Form.Name"]) = ("Other", "Kept name");
            fields.Attach("Document", "page.html", "<p>No</p>"u8.ToArray());
        });
        Assert.Equal(["“page” must be a PDF, JPEG or PNG. Take a photo of it, or save it as a PDF"], again.Errors);
        Assert.Equal("Kept name", again.Find("[name='Form.Name']").GetAttribute("value"));
        var unnamed = await form.SubmitAsync(fields =>
        {
            fields["Form.Kind"] = "Other";
            fields.Attach("Document", "a.pdf", Pdf);
        });
        Assert.Equal(["Enter the name of the document", "Choose your file again"], unnamed.Errors);
    }

    [Fact]
    public async Task Document_SentTwice_IsAddedOnce()
    {
        var provider = await app.Given.ProviderAsync();
        var form = await (await app.BrowseAsStaffAsync()).GetAsync(LearningUrls.NewDocument(provider.Id));

        await form.SubmitAsync(fields => Fill(fields, "Once", "1", "1", "2027"));
        Assert.Equal("Once", (await form.SubmitAsync(fields => Fill(fields, "Once", "1", "1", "2027"))).Heading);

        Assert.Equal(1, await app.WithAsync((TrainingHubDb db) => db.ProviderDocuments.CountAsync(one => one.ProviderId == provider.Id, Ct)));
    }

    [Fact]
    public async Task Document_ReplacedByTwoPeople_TheSecondIsToldAndNothingIsAdded()
    {
        var provider = await app.Given.ProviderAsync();
        var document = await app.Given.DocumentAsync(provider.Id, new DateOnly(2026, 12, 1));
        var staff = await app.BrowseAsStaffAsync();
        var (one, other) = (await staff.GetAsync(LearningUrls.ReplaceDocument(provider.Id, document)), await staff.GetAsync(LearningUrls.ReplaceDocument(provider.Id, document)));
        await one.SubmitAsync(form => Fill(form, "First", "1", "12", "2027"));

        var told = await other.SubmitAsync(form => Fill(form, "Second", "1", "12", "2028"));

        Assert.Equal(["Somebody replaced or archived this document meanwhile. Choose again", "Choose your file again"], told.Errors);
        Assert.Equal(2, await app.WithAsync((TrainingHubDb db) => db.ProviderDocuments.CountAsync(all => all.ProviderId == provider.Id, Ct)));
    }

    [Fact]
    public async Task Document_OfAnotherProvider_IsNotReplaced()
    {
        var (provider, foreign) = ((await app.Given.ProviderAsync()).Id, await app.Given.DocumentAsync((await app.Given.ProviderAsync()).Id, lastOn: null));

        await Assert.ThrowsAsync<InvalidOperationException>(() => app.Given.DocumentAsync(provider, lastOn: null, replaces: foreign));
    }

    [Fact]
    public async Task Document_ArchivedAndUsedAgain_CountsAgain()
    {
        var provider = await app.Given.ProviderAsync();
        var document = await app.Given.DocumentAsync(provider.Id, new DateOnly(2026, 10, 1));
        var staff = await app.BrowseAsStaffAsync();
        Assert.Contains("ended on 1 October 2026", await StandsAsync(), StringComparison.Ordinal);

        var archived = await (await staff.GetAsync(LearningUrls.Document(document))).SubmitAsync(button: "Archive this document");
        Assert.Contains("None yet", await StandsAsync(), StringComparison.Ordinal);
        await archived.SubmitAsync(button: "Use this document again");

        Assert.Contains("ended on 1 October 2026", await StandsAsync(), StringComparison.Ordinal);

        Task<string> StandsAsync() => app.WithAsync(async (TrainingHubDb db) =>
            (await ProviderStanding.ReadAsync(db, Ct)).GetValueOrDefault(provider.Id, ProviderStanding.None).DocumentWords(new(2026, 11, 2)));
    }

    [Fact]
    public async Task Document_ChangedSince_IsTold()
    {
        var document = await app.Given.DocumentAsync((await app.Given.ProviderAsync()).Id, new DateOnly(2027, 1, 1));
        var staff = await app.BrowseAsStaffAsync();
        var (slow, fast) = (await staff.GetAsync(LearningUrls.Document(document)), await staff.GetAsync(LearningUrls.Document(document)));
        await fast.SubmitAsync(form => form["Form.Name"] = "Fast name");

        var told = await slow.SubmitAsync(form => form["Form.Name"] = "Slow name");

        Assert.Contains("changed this while you had it open", told.Errors[0], StringComparison.Ordinal);
        Assert.Equal("Slow name", told.Find("[name='Form.Name']").GetAttribute("value"));
    }

    [Theory]
    [InlineData(nameof(StaffRole.BookingOfficer))]
    [InlineData(nameof(StaffRole.Finance))]
    public async Task WhoOnlyReadsTheProgramme_SeesNothingOfQuality(string role)
    {
        var provider = await app.Given.ProviderAsync();
        var document = await app.Given.DocumentAsync(provider.Id, new DateOnly(2027, 1, 1));
        var observation = await app.Given.ObservationAsync((await app.Given.RunByAsync((await app.Given.CourseAsync()).Id, provider.Id, new(2026, 10, 1))).Id);
        var reader = await app.BrowseAsAsync([Enum.Parse<StaffRole>(role)], []);

        foreach (var address in (string[])[CatalogueUrls.ProviderQuality(provider.Id), LearningUrls.Document(document), LearningUrls.DocumentFile(document), LearningUrls.Observation(observation.Id), LearningUrls.NewReview(provider.Id)])
        {
            Assert.Contains((await reader.GetAsync(address)).Status, (HttpStatusCode[])[HttpStatusCode.Forbidden, HttpStatusCode.NotFound]);
        }

        var list = await reader.GetAsync("/staff/providers");
        Assert.DoesNotContain("Next review", list.Main, StringComparison.Ordinal);
        Assert.DoesNotContain("Public liability insurance", list.Text, StringComparison.Ordinal);
        Assert.Empty((await reader.GetAsync(CatalogueUrls.StaffProvider(provider.Id))).All("a[href$='/quality']"));
    }

    private static void Fill(TestForm form, string name, string day, string month, string year)
    {
        (form["Form.Kind"], form["Form.Name"]) = ("Insurance", name);
        (form["Form.LastOn.Day"], form["Form.LastOn.Month"], form["Form.LastOn.Year"]) = (day, month, year);
        form.Attach("Document", "paper.pdf", Pdf);
    }
}

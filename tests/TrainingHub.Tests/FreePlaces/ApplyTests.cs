using System.Net;
using TrainingHub.Bookings;
using TrainingHub.FreePlaces;
using TrainingHub.Platform;
using TrainingHub.Platform.Files;
using TrainingHub.Tests.Bookings;
using TrainingHub.Tests.Payments;
using TrainingHub.Tests.People;
using TrainingHub.Tests.Platform.Web;
using Xunit;

namespace TrainingHub.Tests.FreePlaces;

/// <summary>An application for the year, without a booking, over HTTP from the form to the first place that its code books.</summary>
public sealed class ApplyTests(TestApp app) : IClassFixture<TestApp>
{
    private static readonly byte[] Pdf = "%PDF-1.7\n1 0 obj\nendobj\n%%EOF\n"u8.ToArray();

    [Fact]
    public async Task Apply_WithEvidence_IsApprovedAndItsCodeBooksAtOnce()
    {
        var free = await FreePlaceWorld.MakeAsync(app);
        var (sent, id) = await ApplyAsync(free, "Lighthouse Group", form => form.Attach("Files", "constitution.pdf", Pdf));
        Assert.Equal("Application sent", sent.Heading);
        Assert.Contains("We decide by 16 November 2026", sent.Main);

        var staff = await app.BrowseAsStaffAsync();
        var page = await staff.GetAsync(FreePlaceUrls.StaffApplication(id));
        Assert.Contains("20 of 20 free places are then left this year", page.Main);
        Assert.Contains("constitution.pdf", page.Main);
        await page.SubmitAsync(button: "Approve");
        var code = await free.CodeAsync(id.ToString());

        var run = await free.World.RunAsync(capacity: 5);
        var browser = app.Browse();
        var check = await ToCheckAsync(free, browser, run, code.ToLowerInvariant(), "Nia New|nia@lighthouse.example");
        Assert.Contains("With the free places of Lighthouse Group", check.Main);
        var done = await check.SubmitAsync(button: "Confirm booking");

        Assert.Equal("Booking confirmed", done.Heading);
        Assert.Equal(1, await free.UsedAsync(await free.AwardOfAsync(id)));
        Assert.Equal("Lighthouse Group", await free.World.TextAsync("select o.name from bookings b join organisations o on o.id = b.organisation_id where b.reference = $1", done.Address[^8..]));
        Assert.Equal(5500, await free.World.CountAsync("select forgone_pence from free_place_values where run_id = $1", run));
    }

    [Fact]
    public async Task Apply_BadFileAndMissingFields_SaysBothAndKeepsWhatWasTyped()
    {
        var free = await FreePlaceWorld.MakeAsync(app);
        var form = await FormAsync(free);

        var refused = await form.SubmitAsync(fields =>
        {
            fields["Form.Organisation"] = "Kept Group";
            fields["Form.About"] = "We visit families";
            fields.Attach("Files", "page.pdf", "<script>alert(1)</script>"u8.ToArray());
        });

        Assert.Contains("“page.pdf” must be a PDF, JPEG or PNG. Take a photo of it, or save it as a PDF", refused.Errors);
        Assert.Contains("Select what kind of organisation you are", refused.Errors);
        Assert.Equal("Kept Group", refused.Find("[name='Form.Organisation']").GetAttribute("value"));
        Assert.Contains("We visit families", refused.Find("[name='Form.About']").TextContent);
        Assert.Equal(0, await free.World.CountAsync("select count(*) from free_place_applications where organisation_name = 'Kept Group'"));
    }

    [Fact]
    public async Task Apply_GoodFileButAFieldIsWrong_AsksToChooseTheFileAgain()
    {
        var refused = await (await FormAsync(await FreePlaceWorld.MakeAsync(app))).SubmitAsync(fields => fields.Attach("Files", "a.pdf", Pdf));

        Assert.Contains("Choose your document again", refused.Errors);
    }

    [Fact]
    public async Task Apply_FourFiles_SaysHowManyMayCome()
    {
        var refused = await (await FormAsync(await FreePlaceWorld.MakeAsync(app))).SubmitAsync(fields =>
        {
            for (var one = 0; one < 4; one++)
            {
                fields.Attach("Files", "a.pdf", Pdf);
            }
        });

        Assert.Contains("Choose up to 3 files. You chose 4", refused.Errors);
    }

    [Fact]
    public async Task Apply_FileOfAByteTooMany_SaysSoAtItsFieldAndTakesNone()
    {
        var refused = await (await FormAsync(await FreePlaceWorld.MakeAsync(app))).SubmitAsync(fields => fields.Attach("Files", "big.pdf", [.. Pdf, .. new byte[CheckedFile.MostBytes]]));

        Assert.Equal(HttpStatusCode.OK, refused.Status);
        Assert.Contains("“big.pdf” must be smaller than 5 MB", refused.Errors);
    }

    [Fact]
    public async Task Apply_BodyOverTheLimit_IsRefusedOnThatPageAndSoonerOnOthers()
    {
        var browser = app.Browse();

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await SendAsync(browser, FreePlaceUrls.Apply, 21));
        Assert.NotEqual(HttpStatusCode.RequestEntityTooLarge, await SendAsync(browser, FreePlaceUrls.Apply, 15));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await SendAsync(browser, "/dev", 9));
    }

    [Fact]
    public async Task Apply_SameFormTwice_IsOneApplication()
    {
        var free = await FreePlaceWorld.MakeAsync(app);
        var form = await FormAsync(free);
        Action<TestForm> fill = Fill(free, "Twice Group");

        await form.SubmitAsync(fill);
        await form.SubmitAsync(fill);

        Assert.Equal(1, await free.World.CountAsync("select count(*) from free_place_applications where organisation_name = 'Twice Group'"));
        Assert.Equal(1, await free.World.CountAsync("select count(*) from outgoing_emails where kind = 'free-place-applied' and model ->> 'Organisation' = 'Twice Group'"));
    }

    [Fact]
    public async Task Evidence_Downloaded_IsAnAttachmentThatRunsNothing()
    {
        var free = await FreePlaceWorld.MakeAsync(app);
        var (_, id) = await ApplyAsync(free, "Photo Group", form => form.Attach("Files", "page 1.png", LookTests.Png(4, 4, ("tEXt", "Comment\0at 1 Home Street"u8.ToArray()))));
        var evidence = await free.IdAsync("select id from free_place_evidence where application_id = $1", id);
        var staff = await app.BrowseAsStaffAsync();

        var answer = await staff.GetAsync(FreePlaceUrls.StaffEvidence(evidence));
        var stranger = await app.Browse().GetAsync(FreePlaceUrls.StaffEvidence(evidence));

        Assert.Equal("image/png", answer.Response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(("attachment", "page 1.png"), (answer.Response.Content.Headers.ContentDisposition?.DispositionType, answer.Response.Content.Headers.ContentDisposition?.FileName?.Trim('"')));
        Assert.Equal("nosniff", Assert.Single(answer.Response.Headers.GetValues("X-Content-Type-Options")));
        Assert.StartsWith("sandbox; default-src 'none'", Assert.Single(answer.Response.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.DoesNotContain("Home Street", answer.Text, StringComparison.Ordinal);
        Assert.StartsWith("/sign-in", stranger.Address, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ask_ThenAnswerByPrivateLink_StopsTheDaysAndBeginsThemAnew()
    {
        await using var later = new TestApp(app.ConnectionString);
        var free = await FreePlaceWorld.MakeAsync(later);
        var (_, id) = await ApplyAsync(free, "Question Group", _ => { }, later);
        await later.WithAsync((AskApplicant ask) => ask.RunAsync(id, "Do you have a constitution?", free.Staff, TestContext.Current.CancellationToken));
        later.Clock.Advance(TimeSpan.FromDays(30));
        Assert.Equal(0, await free.World.CountAsync("select count(*) from free_place_applications where id = $1 and decide_on is not null", id));
        var link = await free.World.TextAsync("select substring(model ->> 'Url' from 'https://[^/]+(.*)') from outgoing_emails where kind = 'free-place-question' and about = $1", id.ToString());
        var browser = later.Browse();

        var page = await browser.GetAsync(link);
        Assert.Contains("Do you have a constitution?", page.Main);
        Assert.Contains("Enter your answer, or choose a document", (await page.SubmitAsync()).Errors);
        var done = await page.SubmitAsync(form =>
        {
            form["Answer"] = "Yes, since 2019.";
            form.Attach("Files", "constitution.pdf", Pdf);
        });

        Assert.Contains("Thank you. The training team has your answer.", done.Main);
        Assert.Equal(1, await free.World.CountAsync("select count(*) from free_place_evidence where application_id = $1", id));
        Assert.Equal("2026-12-16", await free.World.TextAsync("select decide_on::text from free_place_applications where id = $1", id));
        Assert.Equal(HttpStatusCode.NotFound, (await later.Browse().GetAsync(FreePlaceUrls.Application(id))).Status);
    }

    [Fact]
    public async Task DeleteEvidence_ThirtyDaysAfterTheDecision_DeletesIt()
    {
        await using var later = new TestApp(app.ConnectionString);
        var free = await FreePlaceWorld.MakeAsync(later);
        var (_, id) = await ApplyAsync(free, "Old papers", form => form.Attach("Files", "a.pdf", Pdf), later);
        Assert.Equal(DecideResult.Decided, await later.WithAsync((DecideFreePlace decide) => decide.ApproveAsync(id, free.Staff, TestContext.Current.CancellationToken)));

        later.Clock.Advance(TimeSpan.FromDays(30));
        await later.RunJobAsync(nameof(DeleteEvidence));
        Assert.Equal(1, await free.World.CountAsync("select count(*) from free_place_evidence where application_id = $1", id));
        later.Clock.Advance(TimeSpan.FromMinutes(1));
        await later.RunJobAsync(nameof(DeleteEvidence));
        Assert.Equal(0, await free.World.CountAsync("select count(*) from free_place_evidence where application_id = $1", id));
    }

    [Fact]
    public async Task Approve_AloneThenUndone_TakesTheAwardAndItsCodeBack()
    {
        var free = await FreePlaceWorld.MakeAsync(app);
        var (_, id) = await ApplyAsync(free, "Undone Group", _ => { });
        await free.ApproveAsync(id);
        var code = await free.CodeAsync(id.ToString());

        Assert.Null(await app.UndoAsync(await app.ActAsync(id)));

        Assert.Equal(1, await free.World.CountAsync("select count(*) from free_place_applications where id = $1 and state = 'Pending'", id));
        Assert.Equal(0, await free.World.CountAsync("select count(*) from free_place_awards where organisation_name = 'Undone Group'"));
        Assert.Equal(0, await free.World.CountAsync("select count(*) from secret_links where hash = $1", SecretToken.HashOf(Reference.Normalise(code))));
    }

    /// <summary>Goes to the check page, to pay with an award's code.</summary>
    internal static async Task<TestPage> ToCheckAsync(FreePlaceWorld free, TestBrowser browser, Guid run, string code, params string[] people)
    {
        var organisation = await free.World.ToOrganisationAsync(browser, run, people);
        var payment = await organisation.SubmitAsync(free.World.FillOrganisation);
        return await payment.SubmitAsync(form => (form["Form.By"], form["Form.AwardCode"]) = ("FreePlace", code));
    }

    private async Task<TestPage> FormAsync(FreePlaceWorld free, TestApp? other = null)
    {
        Assert.NotEqual(Guid.Empty, free.World.Sector);
        return await (other ?? app).Browse().GetAsync(FreePlaceUrls.Apply);
    }

    private static Action<TestForm> Fill(FreePlaceWorld free, string organisation) => form =>
    {
        form["Form.Organisation"] = organisation;
        form["Form.Applicant"] = "UnregisteredCharity";
        form["Form.SectorId"] = free.World.Sector.ToString();
        form["Form.About"] = "We run a toddler group.";
        form["Form.Name"] = "Ann Applicant";
        form["Form.Email"] = "ann@apply.example";
    };

    private async Task<(TestPage Sent, Guid Id)> ApplyAsync(FreePlaceWorld free, string organisation, Action<TestForm> more, TestApp? other = null)
    {
        var sent = await (await FormAsync(free, other)).SubmitAsync(form =>
        {
            Fill(free, organisation)(form);
            more(form);
        });
        return (sent, await free.IdAsync("select id from free_place_applications where organisation_name = $1", organisation));
    }

    private static async Task<HttpStatusCode> SendAsync(TestBrowser browser, string address, int megabytes)
    {
        using var content = new MultipartFormDataContent { { new ByteArrayContent(new byte[megabytes * 1024 * 1024]), "Files", "a.pdf" } };
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = content };
        return (await browser.SendAsync(request)).Status;
    }
}

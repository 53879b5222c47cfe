using System.Net;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Attendance;
using TrainingHub.Bookings;
using TrainingHub.Catalogue;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Attendance;

/// <summary>The code on a delegate's own page: what it opens, for whom, and what it does not.</summary>
public sealed class DoorCodeTests(TestApp app) : IClassFixture<TestApp>
{
    private readonly DoorWorld world = new(app);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Code_OpenedByTheTrainer_MarksOnTheButtonAndNotBefore()
    {
        var date = await world.DateAsync(names: ["Amina Okafor", "Tom Rees"]);
        var (trainer, code) = (await world.TrainerAsync(date), await world.CodeAsync(date.Run.Places[1]));

        var page = await trainer.GetAsync(code);
        Assert.Equal("Tom Rees", page.Heading);
        Assert.Contains("Hearing loop", Assert.Single(page.All("main details:not([open])")), StringComparison.Ordinal);
        Assert.Null(await world.MarkOfAsync(date.Run.Places[1]));
        var done = await page.SubmitAsync();
        await page.SubmitAsync();

        Assert.Equal("✓ Tom Rees is here", done.Heading);
        Assert.Contains("1 of 2 are here.", done.Main, StringComparison.Ordinal);
        Assert.Equal(Mark.Attended, await world.MarkOfAsync(date.Run.Places[1]));
        Assert.Single(await app.WithAsync((TrainingHubDb db) => HistoryEntry.OfAsync<AttendanceMark>(db, date.Id, Ct)));
    }

    [Fact]
    public async Task Code_OpenedByWhoRunsBookings_MarksToo()
    {
        var date = await world.DateAsync(names: ["Amina Okafor"]);

        var done = await (await (await app.BrowseAsAsync([StaffRole.BookingOfficer])).GetAsync(await world.CodeAsync(date.Run.Places[0]))).SubmitAsync();

        Assert.Equal("✓ Amina Okafor is here", done.Heading);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(nameof(StaffRole.Finance))]
    [InlineData(nameof(StaffRole.Administrator))]
    public async Task Code_OpenedByAnybodyElse_SaysNoNameAndMarksNobody(string? role)
    {
        var date = await world.DateAsync(names: ["Amina Okafor"]);
        var browser = role is { } known ? await app.BrowseAsAsync([Enum.Parse<StaffRole>(known)]) : app.Browse();
        var code = await world.CodeAsync(date.Run.Places[0]);

        var page = await browser.GetAsync(code);

        Assert.Equal("Show this code at the door", page.Heading);
        Assert.DoesNotContain("Amina", page.Text, StringComparison.Ordinal);
        Assert.Null(page.Document.QuerySelector("main form"));
        Assert.NotEqual(HttpStatusCode.OK, (await browser.PostAsync(code, [])).Status);
        Assert.Null(await world.MarkOfAsync(date.Run.Places[0]));
    }

    [Fact]
    public async Task Code_OfAPlaceThatSomebodyElseHasByNow_IsWrong()
    {
        var date = await world.DateAsync(names: ["Amina Okafor", "Tom Rees"]);
        var (former, other) = (await world.CodeAsync(date.Run.Places[0]), await world.CodeAsync(date.Run.Places[1]));
        var newcomer = await app.Given.PersonAsync("Nia New", "nia@example.org");
        await app.WithAsync((TrainingHubDb db) => db.Places.Where(place => place.Id == date.Run.Places[0]).ExecuteUpdateAsync(set => set.SetProperty(place => place.PersonId, newcomer.Id), Ct));
        var trainer = await world.TrainerAsync(date);

        // The place of one and the proof of another.
        var mixed = "/here/" + Convert.ToBase64String([.. Bytes(other)[..16], .. Bytes(former)[16..]]).TrimEnd('=').Replace('+', '-').Replace('/', '_');

        foreach (var wrong in new[] { former, mixed, other[..^2], "/here/x" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await trainer.GetAsync(wrong)).Status);
        }

        Assert.NotEqual(former, await world.CodeAsync(date.Run.Places[0]));

        static byte[] Bytes(string code) => System.Buffers.Text.Base64Url.DecodeFromChars(code.AsSpan("/here/".Length));
    }

    [Fact]
    public async Task Code_BeforeTheDay_SaysWhen()
    {
        var date = await world.DateAsync(world.Registers.Today.AddDays(1), ["Amina Okafor"]);

        var page = await (await world.TrainerAsync(date)).GetAsync(await world.CodeAsync(date.Run.Places[0]));

        Assert.Contains("The register opens on the day of the course.", page.Main, StringComparison.Ordinal);
        Assert.Null(page.Document.QuerySelector("main form"));
    }

    [Theory]
    [InlineData(nameof(DeliveryMode.InPerson), true)]
    [InlineData(nameof(DeliveryMode.Online), false)]
    public async Task OwnPage_OfADateInPerson_HasTheCode(string name, bool hasCode)
    {
        var (date, delivery) = (await world.DateAsync(world.Registers.Today.AddDays(3), ["Amina Okafor"]), Enum.Parse<DeliveryMode>(name));
        await app.WithAsync((TrainingHubDb db) => db.CourseRuns.Where(run => run.Id == date.Id).ExecuteUpdateAsync(set => set.SetProperty(run => run.Delivery, delivery), Ct));
        var (place, token) = (date.Run.Places[0], SecretToken.New());
        await app.WithAsync(async (TrainingHubDb db) =>
        {
            db.Add(SecretLink.Of(
                token, DelegateLink.Purpose, DelegateLink.SubjectOf(place, PersonKey.Of("amina.okafor@example.org", "Amina Okafor")), app.Clock.Now, app.Clock.Now.AddDays(30)));
            return await db.SaveChangesAsync(Ct);
        });
        var browser = app.Browse();

        var page = await browser.GetAsync(BookingUrls.DelegateLink(place, token.Value));

        Assert.Equal("You have a place", page.Heading);
        Assert.Equal(hasCode, page.Document.QuerySelector("svg[role=img][aria-label*='code for the door']") is not null);
        // In the delegate's own browser the code leads back to their page.
        Assert.Equal(BookingUrls.DelegatePage(place), (await browser.GetAsync(await world.CodeAsync(place))).Address);
    }
}

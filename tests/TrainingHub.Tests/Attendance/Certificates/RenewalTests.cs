using Microsoft.EntityFrameworkCore;
using TrainingHub.Attendance;
using TrainingHub.Bookings;
using TrainingHub.Emails;
using Xunit;

namespace TrainingHub.Tests.Attendance;

/// <summary>Whoever holds a certificate that ends is reminded once, in one message, unless there is no need or they do not want it.</summary>
public sealed class RenewalTests(TestDatabase databases)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reminder_SixtyDaysBefore_ComesOnce()
    {
        await using var app = await StartAsync();
        var world = new CertificateWorld(app);
        var place = await HeldAsync(app, world, months: 12);
        app.Clock.MoveTo(Ends(place, 12).AddDays(-61));
        Assert.Equal(0, await RemindAsync(app));

        app.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(1, await RemindAsync(app));
        Assert.Equal(0, await RemindAsync(app));

        var mail = Assert.Single(await world.MailsAsync(place, "certificate-ends"));
        var message = Assert.IsType<CertificateEndsEmail>(mail.Message());
        Assert.Equal(place.Person.Name, message.Name);
        Assert.NotNull(mail.UnsubscribeUrl);
    }

    [Fact]
    public async Task Reminder_OfSeveralCourses_IsOneMessageAPerson()
    {
        await using var app = await StartAsync();
        var world = new CertificateWorld(app);
        var (first, other) = (await HeldAsync(app, world, months: 12, email: "office@school.example"), await HeldAsync(app, world, months: 12, email: "office@school.example", name: "Tom Tate"));
        await HeldAsync(app, world, months: 12, email: "office@school.example", daysAgo: 3);
        app.Clock.MoveTo(Ends(first, 12).AddDays(-60));

        Assert.Equal(2, await RemindAsync(app));

        var mails = (await world.MailsAsync(first, "certificate-ends")).Select(mail => (CertificateEndsEmail)mail.Message()).ToList();
        Assert.Equal(2, Assert.Single(mails, mail => mail.Name == first.Person.Name).Courses.Count);
        Assert.Single(Assert.Single(mails, mail => mail.Name == other.Person.Name).Courses);
    }

    [Theory]
    [InlineData("again", 0)]
    [InlineData("booked", 0)]
    [InlineData("builds on it", 0)]
    [InlineData("absent", 1)]
    [InlineData("another course", 1)]
    public async Task Reminder_TrainedSince_IsNotSent(string since, int sent)
    {
        await using var app = await StartAsync();
        var world = new CertificateWorld(app);
        var course = await world.CourseAsync(months: 12);
        var place = await HeldAsync(app, world, 12, course: course);
        app.Clock.MoveTo(Ends(place, 12).AddDays(-60));
        var later = since switch
        {
            "builds on it" => await world.CourseAsync(months: null, before: course.Id),
            "another course" => await world.CourseAsync(months: null),
            _ => course,
        };
        await world.AttendedAsync(
            daysAgo: since == "booked" ? -20 : 5, since switch { "booked" => null, "absent" => Mark.Absent, _ => Mark.Attended }, later,
            given: new GivenDelegate(place.Person.Name) { Email = place.Person.Email });

        Assert.Equal(sent, await RemindAsync(app));
    }

    [Fact]
    public async Task Reminder_AfterAnOutage_ComesInPortionsAndNotForWhatHasEnded()
    {
        await using var app = await StartAsync();
        var world = new CertificateWorld(app);
        var late = await HeldAsync(app, world, months: 6);
        var course = await world.CourseAsync(months: 12);
        var run = await app.Given.RunAsync(course.Id, world.Today.AddDays(-2), capacity: 60);
        var places = await app.Given.PlacesAsync(run, [.. Enumerable.Range(1, RemindOfRenewals.BatchSize + 5).Select(number => new GivenDelegate($"Held {number}"))]);
        foreach (var place in places)
        {
            await app.Given.MarkAsync(place.Place.Id, app.Clock.Now);
        }

        await world.KeepAsync();
        app.Clock.MoveTo(Ends(places[0], 12).AddDays(-3));

        Assert.Equal(RemindOfRenewals.BatchSize, await RemindAsync(app));
        Assert.Equal(5, await RemindAsync(app));
        Assert.Equal(0, await RemindAsync(app));
        Assert.Empty(await world.MailsAsync(late, "certificate-ends"));
    }

    [Fact]
    public async Task Reminder_TwoWorkersAtOnce_SendOne()
    {
        await using var app = await StartAsync();
        var world = new CertificateWorld(app);
        var place = await HeldAsync(app, world, months: 12);
        app.Clock.MoveTo(Ends(place, 12).AddDays(-60));

        await MeetAsync(app, () => app.WithAsync((RemindOfRenewals job) => job.RunAsync(Ct)));

        Assert.Single(await world.MailsAsync(place, "certificate-ends"));
    }

    /// <summary>The twin: who does not hold the person writes as often as there are workers.</summary>
    [Fact]
    public async Task Reminder_WithoutTheLock_ComesTwiceWhenTheyMeet()
    {
        await using var app = await StartAsync();
        var world = new CertificateWorld(app);
        var place = await HeldAsync(app, world, months: 12);
        app.Clock.MoveTo(Ends(place, 12).AddDays(-60));

        await MeetAsync(app, () => Unguarded.WithoutRowLocksAsync(() => app.WithAsync((RemindOfRenewals job) => job.RunAsync(Ct))));

        Assert.Equal(2, (await world.MailsAsync(place, "certificate-ends")).Count);
    }

    [Fact]
    public async Task Stop_ByItsLink_TakesAPostAndCanBeUndone()
    {
        await using var app = await StartAsync();
        var world = new CertificateWorld(app);
        var place = await HeldAsync(app, world, months: 12);
        app.Clock.MoveTo(Ends(place, 12).AddDays(-60));
        await RemindAsync(app);
        var link = new Uri(((CertificateEndsEmail)(await world.MailsAsync(place, "certificate-ends"))[0].Message()).StopUrl).AbsolutePath;

        var page = await app.Browse().GetAsync(link);
        Assert.False(await StoppedAsync(app, place));
        var stopped = await page.SubmitAsync();
        Assert.True(await StoppedAsync(app, place));
        var again = await stopped.SubmitAsync();
        Assert.False(await StoppedAsync(app, place));
        using var oneClick = await app.Browse().Client.PostAsync(link, new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]), Ct);

        Assert.Equal("Reminders are stopped", stopped.Heading);
        Assert.Equal("Stop reminders of certificates that end", again.Heading);
        Assert.True(oneClick.IsSuccessStatusCode);
        Assert.True(await StoppedAsync(app, place));
        Assert.Equal("This link does not work", (await app.Browse().GetAsync("/certificate/stop/nothing")).Heading);
    }

    [Fact]
    public async Task Stop_OneOfTwoRecords_HoldsWhenTheyAreMergedAndForWhomItStopped()
    {
        await using var app = await StartAsync();
        var world = new CertificateWorld(app);
        var (kept, merged) = (await HeldAsync(app, world, months: 12), await HeldAsync(app, world, months: 12));
        await app.WithAsync((StopRenewals stop) => stop.RunAsync(merged.Person.Id, Ct));

        await app.WithAsync((MergePeople merge) => merge.RunAsync(kept.Person.Id, [merged.Person.Id], CertificateWorld.By, Ct));
        app.Clock.MoveTo(Ends(kept, 12).AddDays(-30));

        Assert.True(await StoppedAsync(app, kept));
        Assert.Equal(0, await RemindAsync(app));
    }

    private async Task<TestApp> StartAsync()
    {
        var app = new TestApp(databases);
        await app.InitializeAsync();
        return app;
    }

    private static async Task<GivenPlace> HeldAsync(TestApp app, CertificateWorld world, int months, string? email = null, string? name = null, int daysAgo = 2, TrainingHub.Catalogue.Course? course = null)
    {
        name ??= email is null ? $"Person {Guid.NewGuid():N}" : "Alice Ames";
        var place = await world.AttendedAsync(
            daysAgo, Mark.Attended, course ?? await world.CourseAsync(months), given: new GivenDelegate(name) { Email = email ?? $"{Guid.NewGuid():N}@example.org" });
        await world.IssuedAsync(place);
        return place;
    }

    /// <summary>Noon of the last day of its certificate. It was booked thirty days before the date.</summary>
    private static DateTimeOffset Ends(GivenPlace place, int months)
    {
        var day = TrainingHub.Platform.London.DateOf(place.Place.CreatedAt.AddDays(30)).AddMonths(months);
        return new DateTimeOffset(day.ToDateTime(new TimeOnly(12, 0)), TimeSpan.Zero);
    }

    private static Task<int> RemindAsync(TestApp app) => app.RunJobAsync(nameof(RemindOfRenewals));

    private static Task<bool> StoppedAsync(TestApp app, GivenPlace place) =>
        app.WithAsync((TrainingHubDb db) => db.People.Where(one => one.Id == place.Person.Id).Select(one => one.RenewalsStoppedAt != null).SingleAsync(Ct));

    private static Task MeetAsync(TestApp app, Func<Task> worker) => Gate.MeetAsync(app.Database, "secret_links", 2, worker);
}

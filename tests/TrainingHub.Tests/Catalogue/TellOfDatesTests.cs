using System.Net;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Catalogue;
using TrainingHub.Emails;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using Xunit;

namespace TrainingHub.Tests.Catalogue;

/// <summary>The promise of a course page without dates, followed to the email that keeps it.</summary>
public sealed class TellOfDatesTests(TestApp app) : IClassFixture<TestApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private DateOnly Soon => London.DateOf(app.Clock.GetUtcNow()).AddDays(30);

    [Fact]
    public async Task Promise_FromThePageToTheEmail_IsKeptOnceAtTheFirstDateWithAFee()
    {
        var course = await app.Given.CourseAsync("Slow course");
        var page = await (await app.Browse().GetAsync($"/courses/{course.Slug}")).FollowAsync("Tell me when there are dates");
        var done = await page.SubmitAsync(fill => fill["Email"] = "nadia@example.org");
        Assert.Equal("We will tell you", done.Heading);
        Assert.Empty(await MailsAsync("nadia@example.org"));

        await app.Given.RunAsync(course.Id, Soon);
        await TellAsync();
        Assert.Empty(await MailsAsync("nadia@example.org"));
        var run = await app.Given.RunAsync(course.Id, London.Instant(Soon.AddDays(1), Given.Morning), feePence: 5500);
        await TellAsync();
        await TellAsync();

        var mail = Assert.IsType<DatesPublishedEmail>(Assert.Single(await MailsAsync("nadia@example.org")).Message());
        Assert.Equal("There are dates: Slow course", mail.Subject);
        Assert.StartsWith(London.LongWords(run.RunsOn), Assert.Single(mail.Dates), StringComparison.Ordinal);
        Assert.EndsWith($"/courses/{course.Slug}", mail.CourseUrl, StringComparison.Ordinal);
        Assert.False(await app.WithAsync((TrainingHubDb db) => db.DateWishes.AnyAsync(wish => wish.CourseId == course.Id, Ct)));
        Assert.DoesNotContain("Tell me when", (await app.Browse().GetAsync($"/courses/{course.Slug}?x=1")).Main, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wish_TwelveMonthsOld_IsForgottenUntold()
    {
        var course = await app.Given.CourseAsync();
        await AskAsync(course, "late@example.org");
        var wish = await app.WithAsync((TrainingHubDb db) => db.DateWishes.SingleAsync(one => one.CourseId == course.Id, Ct));
        Assert.Equal(London.DateOf(wish.AskedAt).AddMonths(12), London.DateOf(wish.EndsAt.AddSeconds(-1)));

        app.Clock.Advance(wish.EndsAt - app.Clock.GetUtcNow());
        await app.Given.RunAsync(course.Id, London.Instant(Soon, Given.Morning), feePence: 5500);
        await TellAsync();

        Assert.Empty(await MailsAsync("late@example.org"));
        Assert.False(await app.WithAsync((TrainingHubDb db) => db.DateWishes.AnyAsync(one => one.CourseId == course.Id, Ct)));
    }

    [Fact]
    public async Task Ask_AgainInOtherCapitalsAndWithAPlus_IsOneWish()
    {
        var course = await app.Given.CourseAsync();

        await AskAsync(course, "maya@example.org");
        await AskAsync(course, "MAYA+again@example.org");

        Assert.Equal(1, await app.WithAsync((TrainingHubDb db) => db.DateWishes.CountAsync(wish => wish.CourseId == course.Id, Ct)));
    }

    [Fact]
    public async Task Ask_ForMoreCoursesThanOneAddressMay_KeepsTheBoundAndSaysNothing()
    {
        var results = new List<AskResult>();
        for (var number = 0; number <= AskForDates.MostOfAddress; number++)
        {
            results.Add(await AskAsync(await app.Given.CourseAsync(), "keen@example.org"));
        }

        Assert.All(results, result => Assert.Equal(AskResult.Asked, result));
        Assert.Equal(AskForDates.MostOfAddress, await app.WithAsync((TrainingHubDb db) => db.DateWishes.CountAsync(wish => wish.EmailKey == "keen@example.org", Ct)));
    }

    [Fact]
    public void Emails_ToAnAddressThatNeverConfirmed_AreBoundedLikeOthersThatAnybodyCauses() =>
        Assert.Contains(EmailCatalogue.Of(new DatesPublishedEmail("", [], 0, "", "")).Name, EmailCatalogue.ByAnybody);

    [Fact]
    public async Task Tell_TwoNodesAtOnce_EachIsToldOnce()
    {
        var course = await app.Given.CourseAsync();
        foreach (var number in Enumerable.Range(0, 30))
        {
            await AskAsync(course, $"node{number}@example.org");
        }

        await app.Given.RunAsync(course.Id, London.Instant(Soon, Given.Morning), feePence: 0);
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => app.WithAsync((TellOfDates tell) => tell.RunAsync(Ct))));
        await TellAsync();

        var mails = await app.WithAsync((TrainingHubDb db) => db.OutgoingEmails.Where(email => email.ToAddress.StartsWith("node")).Select(email => email.ToAddress).ToListAsync(Ct));
        Assert.Equal(30, mails.Count);
        Assert.Equal(30, mails.Distinct().Count());
    }

    [Theory]
    [InlineData("", "Enter your email address")]
    [InlineData("nobody", "Enter an email address in the correct format, like name@example.com")]
    public async Task Page_BadAddress_IsNamed(string typed, string error)
    {
        var course = await app.Given.CourseAsync();

        var page = await (await app.Browse().GetAsync($"/courses/{course.Slug}/tell-me")).SubmitAsync(fill => fill["Email"] = typed);

        Assert.Equal([error], page.Errors);
    }

    [Fact]
    public async Task Page_CourseWithDatesOrDraft_LeadsToTheDatesOrIsNotFound()
    {
        var course = await app.Given.CourseAsync();
        var draft = await app.Given.CourseAsync(isDraft: true);
        await app.Given.RunAsync(course.Id, London.Instant(Soon, Given.Morning), feePence: 0);

        Assert.Equal($"/courses/{course.Slug}", (await app.Browse().GetAsync($"/courses/{course.Slug}/tell-me")).Address);
        Assert.Equal(HttpStatusCode.NotFound, (await app.Browse().GetAsync($"/courses/{draft.Slug}/tell-me")).Status);
    }

    private Task<AskResult> AskAsync(Course course, string email) => app.WithAsync((AskForDates ask) => ask.RunAsync(course.Id, email, Ct));

    private Task<int> TellAsync() => app.RunJobAsync(nameof(TellOfDates));

    private Task<List<OutgoingEmail>> MailsAsync(string address) =>
        app.WithAsync((TrainingHubDb db) => db.OutgoingEmails.AsNoTracking().Where(email => email.ToAddress == address).ToListAsync(Ct));
}

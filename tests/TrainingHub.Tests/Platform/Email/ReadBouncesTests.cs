using Microsoft.EntityFrameworkCore;
using TrainingHub.Emails;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace TrainingHub.Tests.Platform.Email;

/// <summary>Reports that are read from a mailbox by IMAP.</summary>
public sealed class ReadBouncesTests(TestDatabase databases)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_ReportsAmongLetters_ReadsTheReportsAndLeavesTheLettersUnread()
    {
        await using var mailbox = new ImapSink();
        await using var app = await AppAsync(mailbox);
        var message = new PlaceForYouEmail("Mia", "Ann", EmailSamples.Date, "https://training.example/dates/1");
        var id = (await app.Given.EmailAsync("mai@x.example", message)).Id;
        await app.WithAsync((TrainingHubDb db) => db.OutgoingEmails.ExecuteUpdateAsync(row => row.SetProperty(one => one.State, EmailState.Sent), Token));
        mailbox.Messages.AddRange(["Subject: Hello\r\n\r\nIs there a car park?", Reports.Postfix(id, "mai@x.example"), Reports.Gmail(Guid.CreateVersion7(), "who@x.example")]);

        Assert.Equal(1, await app.RunJobAsync(nameof(ReadBounces)));
        Assert.Equal(0, await app.RunJobAsync(nameof(ReadBounces)));

        Assert.Equal([2, 3], mailbox.Seen.Keys.Order());
        Assert.Equal([2, 3], mailbox.Fetched);
        Assert.Equal(EmailState.Bounced, (await app.WithAsync((TrainingHubDb db) => db.OutgoingEmails.AsNoTracking().SingleAsync(Token))).State);
    }

    [Fact]
    public async Task Run_SignInIsRefused_SaysWhatToDo()
    {
        await using var mailbox = new ImapSink { RefusesSignIn = true };
        await using var app = await AppAsync(mailbox);

        var run = await app.WithAsync((JobRunner runner) => runner.RunAsync(nameof(ReadBounces), Token));

        Assert.Contains("check the settings Email:Bounces", run.Waits, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NotSet_NothingReadsOrPromisesIt()
    {
        await using var app = new TestApp(await databases.CreateAsync());

        Assert.DoesNotContain(app.Services.GetServices<JobEntry>(), job => job.Name == nameof(ReadBounces));
        var way = MailWay.Of(new EmailOptions { Smtp = new() { Host = "smtp.x.example" } }, EmailSamples.Brand, mailsEverybody: true);
        Assert.Contains(way.Facts, fact => fact.How.StartsWith("Not read here", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "user", "secret", false, "Host")]
    [InlineData("imap.x.example", "", "secret", false, "User")]
    [InlineData("imap.x.example", "user", "", false, "Password or UseOAuth")]
    [InlineData("imap.x.example", "user", "", true, "Email:Smtp:OAuth")]
    public void Faults_WrongSetting_IsNamed(string host, string user, string password, bool byToken, string named)
    {
        var options = new BounceOptions { Host = host, User = user, Password = password, UseOAuth = byToken };

        Assert.Contains(named, string.Join(' ', options.Faults(new SmtpOptions())), StringComparison.Ordinal);
    }

    private async Task<TestApp> AppAsync(ImapSink mailbox) => new(
        await databases.CreateAsync(), TrainingHub.Platform.DemoEnvironment.Name,
        "Email:Bounces:Host", "127.0.0.1", "Email:Bounces:Port", $"{mailbox.Port}", "Email:Bounces:Encryption", "None",
        "Email:Bounces:User", "training@partnership.example", "Email:Bounces:Password", "invented");
}

using Microsoft.EntityFrameworkCore;
using TrainingHub.Emails;
using TrainingHub.Platform.Email;
using TrainingHub.Tests.People;
using TrainingHub.Tests.Platform.Email;
using Xunit;

namespace TrainingHub.Tests.Desk;

/// <summary>How mail goes out, in words for staff, and the test that they send to themselves.</summary>
public sealed class MailServerPageTests(EmailBench bench) : IClassFixture<EmailBench>
{
    private static readonly EmailBrand Brand = EmailSamples.Brand;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Test_MailServerTakesIt_IsSaidToBeSent()
    {
        await EmptyAsync();
        var page = await (await bench.BrowseAsStaffAsync()).GetAsync("/staff/mail");
        Assert.Contains("Last email takenNone yet", page.Main, StringComparison.Ordinal);

        var asked = await page.SubmitAsync();
        var again = await page.SubmitAsync();
        await bench.Sender.SendAsync(Ct);

        Assert.Contains("is on its way. Look at this page again", asked.Main, StringComparison.Ordinal);
        Assert.Contains("is on its way already. Nothing was added.", again.Main, StringComparison.Ordinal);
        var email = Assert.Single(bench.Mailbox.Sent);
        Assert.Equal("Test: email from the training site goes out", email.Subject);
        Assert.Contains("Hello Ann Coordinator,", email.Text, StringComparison.Ordinal);
        Assert.Contains("Send a test to " + email.To, page.Main, StringComparison.Ordinal);
        Assert.Matches("Your test of .*: Sent, .*junk folder", (await page.Browser.GetAsync("/staff/mail")).Main);
    }

    [Theory]
    [InlineData("550: 5.7.30 Basic authentication is not supported for Client Submission.", "it no longer takes a password for sending")]
    [InlineData("535: 5.7.8 Error: authentication failed", "it does not accept the user and the password")]
    [InlineData("550 5.7.1 Relaying denied", "it does not pass on email of this site")]
    public async Task Test_MailServerRefusesUs_SaysWhatItMeansAndWhatToDo(string answer, string meaning)
    {
        await EmptyAsync();
        bench.Mailbox.Answer = _ => Task.FromResult(new Delivery(DeliveryOutcome.RefusesUs, answer));
        var page = await (await bench.BrowseAsStaffAsync()).GetAsync("/staff/mail");
        await page.SubmitAsync();

        await bench.Sender.SendAsync(Ct);

        var after = await page.Browser.GetAsync("/staff/mail");
        Assert.Contains(meaning, after.Find("#stop").TextContent, StringComparison.Ordinal);
        Assert.Contains("Ask whoever looks after this site to", after.Find("#stop").TextContent, StringComparison.Ordinal);
        Assert.Contains("Waiting to go out1", after.Main, StringComparison.Ordinal);
    }

    // Nothing is wrong with the mail server when one mailbox is unknown.
    [Fact]
    public async Task Page_OneMailboxIsUnknown_ShowsTheAnswerWithoutARemedy()
    {
        await EmptyAsync();
        await bench.AddAsync("gone@x.example");
        bench.Mailbox.Answer = _ => Task.FromResult(new Delivery(DeliveryOutcome.Bounced, "550 5.1.1 No such user"));

        await bench.Sender.SendAsync(Ct);

        var page = await (await bench.BrowseAsStaffAsync()).GetAsync("/staff/mail");
        Assert.Contains("“550 5.1.1 No such user.”", page.Main, StringComparison.Ordinal);
        Assert.DoesNotContain("That means", page.Main, StringComparison.Ordinal);
        Assert.DoesNotContain("gone@x.example", page.Main, StringComparison.Ordinal);
    }

    [Fact]
    public void Way_PasswordAtMicrosoft_WarnsAndSaysNoSecret()
    {
        var way = MailWay.Of(new() { Smtp = new() { Host = "smtp.office365.com", User = "post@x.example", Password = "sEcrEt" } }, Brand, mailsEverybody: true);

        Assert.Contains(("Sign-in", "By password as post@x.example"), way.Facts);
        Assert.Contains(("Goes to", "Everybody"), way.Facts);
        Assert.Contains("end of December 2026", way.Warning, StringComparison.Ordinal);
        Assert.DoesNotContain(way.Facts, fact => fact.How.Contains("sEcrEt", StringComparison.Ordinal));
    }

    [Fact]
    public void Way_OAuthAtMicrosoft_WarnsOfNothingAndSaysNoSecret()
    {
        var oauth = new SmtpOAuthOptions { Tenant = "t", ClientId = "c", ClientSecret = "sEcrEt" };

        var way = MailWay.Of(new() { Smtp = new() { Host = "smtp.office365.com", User = "post@x.example", OAuth = oauth } }, Brand, mailsEverybody: false);

        Assert.Contains(("Sign-in", "By OAuth as post@x.example, with a client secret"), way.Facts);
        Assert.Contains(("Goes to", "Nobody: this is not the real site, and no address is set that it may mail"), way.Facts);
        Assert.Null(way.Warning);
        Assert.DoesNotContain(way.Facts, fact => fact.How.Contains("sEcrEt", StringComparison.Ordinal));
    }

    [Fact]
    public void Way_NoMailServer_SaysThatNothingGoesOut() =>
        Assert.Contains("reach nobody", MailWay.Of(new(), Brand, mailsEverybody: false).Facts[0].How, StringComparison.Ordinal);

    private async Task EmptyAsync()
    {
        await bench.ClearAsync();
        await MailStop.EndAsync(bench.Database, Ct);
    }
}

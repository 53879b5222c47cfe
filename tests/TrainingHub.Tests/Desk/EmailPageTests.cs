using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using TrainingHub.Tests.Bookings;
using TrainingHub.Tests.People;
using TrainingHub.Tests.Platform.Email;
using Xunit;

namespace TrainingHub.Tests.Desk;

/// <summary>The page of one email: read, corrected for whom it was, sent again, stopped.</summary>
public sealed class EmailPageTests(EmailBench bench) : IClassFixture<EmailBench>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Correct_BouncedMessageOfADelegate_CorrectsTheDelegateAndSendsItWithALinkThatOpens()
    {
        var (booking, run) = await BookAsync("zoe@wrong1.example");
        var draft = new MessageDraft(Guid.CreateVersion7(), "The room", "Your page: {page}", MessageAudience.Delegates, [run]);
        await bench.WithAsync((SendMessage send) => send.RunAsync(draft, 1, Actor.CommandLine, Token));
        await bench.Sender.SendAsync(Token);
        var email = await FindAsync(one => one.BatchId == draft.Id);
        await bench.WithAsync((RecordBounce record) => record.RunAsync(Reports.Parse(Reports.Exchange(email.Id, "zoe@wrong1.example")), Token));
        var staff = await bench.BrowseAsStaffAsync();
        Assert.Contains("No such mailbox", (await staff.GetAsync($"/staff/bookings/{booking}")).Main, StringComparison.Ordinal);
        var page = await staff.GetAsync($"/staff/emails/{email.Id}");
        Assert.Contains("There is no such mailbox, says the mail server of wrong1.example. Correct the address and send it again.", page.Main, StringComparison.Ordinal);
        Assert.Contains("private-link-not-shown", page.Main, StringComparison.Ordinal);

        var done = await page.SubmitAsync(form => form["Address"] = "zoe@right1.example");
        await bench.Sender.SendAsync(Token);

        Assert.Contains("The address of Person zoe@wrong1.example is corrected. The email goes out to zoe@right1.example in a moment.", done.Main, StringComparison.Ordinal);
        var again = bench.Mailbox.Sent.Single(sent => sent.Id == email.Id && sent.To == "zoe@right1.example");
        var link = again.Text[again.Text.IndexOf("/d/", StringComparison.Ordinal)..].Split((char[])['\n', ' '])[0];
        Assert.Contains("Neglect", (await bench.Browse().GetAsync(link)).Main, StringComparison.Ordinal);
        Assert.DoesNotContain("No such mailbox", (await staff.GetAsync($"/staff/bookings/{booking}")).Main.Split("Emails")[0], StringComparison.Ordinal);
        Assert.Contains("The room", (await staff.GetAsync($"/staff/bookings/{booking}")).Main, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Correct_KindThatTheCorrectionSendsAnew_IsNotSentTwice()
    {
        var (booking, _) = await BookAsync("amy@wrong2.example");
        var email = await FindAsync(one => one.About == booking && one.Kind == "you-are-booked");
        await bench.ExecuteAsync("update outgoing_emails set state = 'Bounced' where id = @id", email.Id);
        var page = await (await bench.BrowseAsStaffAsync()).GetAsync($"/staff/emails/{email.Id}");

        var done = await page.SubmitAsync(form => form["Address"] = "amy@right2.example");

        Assert.Contains("A new email of this kind, with links that work", done.Main, StringComparison.Ordinal);
        Assert.Equal(EmailState.Stopped, (await bench.RowAsync(email.Id)).State);
        Assert.Equal(1, await bench.WithAsync((TrainingHubDb db) => db.OutgoingEmails.CountAsync(one => one.Kind == "you-are-booked" && one.ToAddress == "amy@right2.example", Token)));
    }

    [Theory]
    [InlineData("amy@")]
    [InlineData("")]
    public async Task Send_NoAddress_IsRefusedAtTheFieldAndKeepsWhatWasTyped(string typed)
    {
        var (booking, _) = await BookAsync($"amy{typed.Length}@x3.example");
        var email = await FindAsync(one => one.About == booking && one.Kind == "you-are-booked");
        var page = await (await bench.BrowseAsStaffAsync()).GetAsync($"/staff/emails/{email.Id}");

        var refused = await page.SubmitAsync(form => form["Address"] = typed);

        Assert.Single(refused.Errors);
        Assert.Equal(typed, refused.Find("#Address").GetAttribute("value") ?? "");
        Assert.Equal(email.State, (await bench.RowAsync(email.Id)).State);
    }

    [Fact]
    public async Task Stop_Failed_CountsNoMoreAsSomethingToDo()
    {
        var (booking, _) = await BookAsync("amy@x4.example");
        var email = await FindAsync(one => one.About == booking && one.Kind == "you-are-booked");
        await bench.ExecuteAsync("update outgoing_emails set state = 'Failed', last_error = '550 5.7.1 spam' where id = @id", email.Id);
        var staff = await bench.BrowseAsStaffAsync();
        var page = await staff.GetAsync($"/staff/emails/{email.Id}");
        Assert.Contains("Their mail server does not want it", page.Main, StringComparison.Ordinal);

        var done = await page.SubmitAsync(selector: "form[action*=Stop]");

        Assert.Contains("Stopped by staff", done.Main, StringComparison.Ordinal);
        Assert.DoesNotContain("amy@x4.example", (await staff.GetAsync("/staff/emails?state=NotDelivered")).Main, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Body_OfASentEmail_HasNoPrivateLinkAndRunsNothing()
    {
        var (booking, _) = await BookAsync("amy@x5.example");
        await bench.Sender.SendAsync(Token);
        var email = await FindAsync(one => one.About == booking && one.Kind == "booking-confirmed");
        var token = bench.Mailbox.Sent.Single(sent => sent.Id == email.Id).Text.Split("/b/")[1][..22];

        var body = await (await bench.BrowseAsStaffAsync()).GetAsync($"/staff/emails/{email.Id}?handler=Body");

        Assert.DoesNotContain(token, body.Text, StringComparison.Ordinal);
        Assert.StartsWith("sandbox; default-src 'none'", body.Response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Contains("https://localhost/b/private-link-not-shown", body.Text, StringComparison.Ordinal);
    }

    private async Task<(string Reference, Guid Run)> BookAsync(string address)
    {
        await bench.ClearAsync();
        var world = await BookingWorld.MakeAsync(bench.Database, bench.Clock);
        var run = await world.RunAsync(capacity: 10);
        // By the application’s own command, whose links lead to its own address.
        var outcome = await bench.WithAsync((BookPlace place) => place.RunAsync(world.Request(run, address), Token));
        return (outcome.Booking!.Reference, run);
    }

    private Task<OutgoingEmail> FindAsync(System.Linq.Expressions.Expression<Func<OutgoingEmail, bool>> which) =>
        bench.WithAsync((TrainingHubDb db) => db.OutgoingEmails.AsNoTracking().SingleAsync(which, Token));
}

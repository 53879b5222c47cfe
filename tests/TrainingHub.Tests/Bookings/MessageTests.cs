using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Emails;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Bookings;

/// <summary>What staff write to everybody on a date: checked, shown, sent once, and to each person what is theirs.</summary>
public sealed partial class MessageTests(TestApp app) : IClassFixture<TestApp>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Write_UnknownFieldThenMendedAndClickedTwice_IsSentOnceToEachPerson()
    {
        var world = await BookingWorld.MakeAsync(app.Database, app.Clock);
        var run = await world.RunAsync(capacity: 30);
        var booked = await app.Given.BookAsync(world.Request(run, [.. Enumerable.Range(1, 8).Select(number => $"n{number}@m1.example")]));
        await app.Given.BookAsync(world.Request(run, [.. Enumerable.Range(11, 8).Select(number => $"n{number}@m1.example")]));
        var staff = await app.BrowseAsStaffAsync();
        var form = await (await staff.GetAsync($"/staff/dates/{run}")).FollowAsync("Write to everybody");

        var refused = await WriteAsync(form, "What to bring", "Dear {nmae}, see you on {date}.");
        Assert.Equal(["There is no field {nmae}. There are {name}, {course}, {date}, {time}, {venue}, {booking}, {joining link}, {page}"], refused.Errors);
        Assert.Contains("{nmae}", refused.Find("textarea").TextContent, StringComparison.Ordinal);
        var preview = await WriteAsync(refused, "What to bring on {date}", "Bring {name}’s card to {venue}. Your page: {page}");
        Assert.Contains("This goes to 16 delegates", preview.Main, StringComparison.Ordinal);
        Assert.Contains("private-link-not-shown", preview.Main, StringComparison.Ordinal);
        Assert.Empty(await EmailsAsync());
        var done = await preview.SubmitAsync(selector: "form[action*=Send]");
        var again = await preview.SubmitAsync(selector: "form[action*=Send]");

        Assert.Equal("What to bring on {date}", done.Heading);
        Assert.Equal(done.Address, again.Address);
        var emails = await EmailsAsync();
        Assert.Equal(16, emails.Count);
        Assert.Equal(16, emails.Select(email => ((DateMessageEmail)email.Message()).Text).Distinct().Count());
        Assert.Equal(8, emails.Count(email => email.About == booked.Reference));
        Assert.Contains(await app.WithAsync((TrainingHubDb db) => HistoryEntry.AboutAsync(db, [run], Token)), entry => entry is { Act: "Message sent", Note: "To 16 delegates" });
        Assert.Contains("16 delegates", (await staff.GetAsync("/staff/messages")).Main, StringComparison.Ordinal);

        Task<List<OutgoingEmail>> EmailsAsync() => app.WithAsync((TrainingHubDb db) =>
            db.OutgoingEmails.AsNoTracking().Where(email => email.Kind == "date-message" && email.ToAddress.EndsWith("@m1.example")).ToListAsync(Token));
    }

    [Fact]
    public async Task Send_PersonOnSeveralDates_GetsOneAndWhoseMailboxIsGoneGetsNone()
    {
        var world = await BookingWorld.MakeAsync(app.Database, app.Clock);
        Guid[] runs = [await world.RunAsync(capacity: 10), await world.RunAsync(capacity: 10, TimeSpan.FromDays(40))];
        await app.Given.BookAsync(world.Request(runs, "both@m2.example"));
        await app.Given.BookAsync(world.Request(runs[1], "one@m2.example", "gone@m2.example"));
        await app.WithAsync((TrainingHubDb db) => UndeliverableAddress.MarkAsync(db, "gone@m2.example", app.Clock.Now, "5.1.1", Token));
        var draft = new MessageDraft(Guid.CreateVersion7(), "News of {course}", "On {date}.", MessageAudience.Delegates, runs);

        Assert.Equal(SendMessageResult.PeopleChanged, await SendAsync(draft, seen: 3));
        Assert.Equal(SendMessageResult.Sent, await SendAsync(draft, seen: 2));

        var emails = await OfAsync(draft.Id);
        Assert.Equal(["both@m2.example", "one@m2.example"], emails.Select(email => email.ToAddress).Order());
        var both = (DateMessageEmail)emails.Single(email => email.ToAddress.StartsWith("both", StringComparison.Ordinal)).Message();
        Assert.Equal(2, both.Dates?.Count);
        Assert.Contains(" and ", both.Text, StringComparison.Ordinal);
        var message = await app.WithAsync((TrainingHubDb db) => db.DateMessages.AsNoTracking().SingleAsync(one => one.Id == draft.Id, Token));
        Assert.Equal((2, 1), (message.RecipientCount, message.LeftOutCount));
    }

    [Fact]
    public async Task Send_TwoAtOnce_IsOneMessage()
    {
        var world = await BookingWorld.MakeAsync(app.Database, app.Clock);
        var run = await world.RunAsync(capacity: 10);
        await app.Given.BookAsync(world.Request(run, "a@m3.example", "b@m3.example"));
        var draft = new MessageDraft(Guid.CreateVersion7(), "Hello", "Hello", MessageAudience.Delegates, [run]);

        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => SendAsync(draft, seen: 2)));

        Assert.All(results, result => Assert.Equal(SendMessageResult.Sent, result));
        Assert.Equal(2, (await OfAsync(draft.Id)).Count);
    }

    [Fact]
    public async Task Send_TwoAtOnceWithoutTheKey_IsTwoMessages()
    {
        var world = await BookingWorld.MakeAsync(app.Database, app.Clock);
        var run = await world.RunAsync(capacity: 10);
        await app.Given.BookAsync(world.Request(run, "a@m5.example", "b@m5.example"));
        var draft = new MessageDraft(Guid.CreateVersion7(), "Hello", "Hello", MessageAudience.Delegates, [run]);

        await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Unguarded.InsteadAsync(Key(), "values (gen_random_uuid()", () => SendAsync(draft, seen: 2))));

        Assert.Equal(4, (await OfAsync(draft.Id)).Count);
    }

    [Fact]
    public async Task Send_ToADateOfFiveHundred_ReachesThemAll()
    {
        var world = await BookingWorld.MakeAsync(app.Database, app.Clock);
        var run = await app.Given.RunAsync(world.Course, app.Clock.Now.AddDays(30), capacity: 500);
        await app.Given.PlacesAsync(run, [.. Enumerable.Range(1, 500).Select(number => new GivenDelegate($"Many {number}"))]);
        var draft = new MessageDraft(Guid.CreateVersion7(), "Hello", "Your page: {page}", MessageAudience.Delegates, [run.Id]);

        var sending = Stopwatch.StartNew();
        Assert.Equal(SendMessageResult.Sent, await SendAsync(draft, seen: 500));
        TestContext.Current.TestOutputHelper?.WriteLine($"{sending.ElapsedMilliseconds} ms for 500");

        Assert.Equal(500, (await OfAsync(draft.Id)).Select(email => email.ToAddress).Distinct().Count());
    }

    [Theory]
    [InlineData("Waiting", "Join by {joining link}", "{joining link} cannot be told to these readers. Leave it out")]
    [InlineData("Bookers", "{ Joining  Link }", "{joining link} cannot be told to these readers. Leave it out")]
    [InlineData("Delegates", "Hello {name", "There is a brace, { or }, without its other half. Braces are for fields only")]
    [InlineData("Waiting", "Hello {NAME}, {date}", null)]
    public void WhyNot_TellsWhatIsWrong(string audience, string text, string? why) =>
        Assert.Equal(why, MessageText.WhyNot(text, Enum.Parse<MessageAudience>(audience)));

    [Fact]
    public async Task Write_ToWhoWaitsAndToBookers_ReachesThemAlone()
    {
        var world = await BookingWorld.MakeAsync(app.Database, app.Clock);
        var run = await world.RunAsync(capacity: 10);
        await app.Given.BookAsync(world.Request(run, "delegate@m4.example"));
        await app.Given.WaitingAsync(run, "Wanda Waits", "wanda@m4.example");
        var waiting = new MessageDraft(Guid.CreateVersion7(), "Still waiting?", "There may be a place on {date}.", MessageAudience.Waiting, [run]);
        var bookers = waiting with { Id = Guid.CreateVersion7(), Audience = MessageAudience.Bookers, Text = "See {page}" };

        await SendAsync(waiting, seen: 1);
        await SendAsync(bookers, seen: 1);

        Assert.Equal(["wanda@m4.example"], (await OfAsync(waiting.Id)).Select(email => email.ToAddress));
        var booker = Assert.Single(await OfAsync(bookers.Id));
        Assert.DoesNotContain("delegate@", booker.ToAddress, StringComparison.Ordinal);
        var text = ((DateMessageEmail)booker.Message()).Text;
        Assert.NotNull(await SecretLink.FindAsync(app.Database, Booking.LinkPurpose, text[^22..], app.Clock.Now, Token));
    }

    private static Task<TestPage> WriteAsync(TestPage page, string subject, string text) => page.SubmitAsync(
        form => (form["Form.To"], form["Form.Subject"], form["Form.Text"]) = ("Delegates", subject, text), "main form:has(textarea)");

    private Task<SendMessageResult> SendAsync(MessageDraft draft, int seen) =>
        app.WithAsync((SendMessage send) => send.RunAsync(draft, seen, Actor.CommandLine, Token));

    private Task<List<OutgoingEmail>> OfAsync(Guid message) =>
        app.WithAsync((TrainingHubDb db) => db.OutgoingEmails.AsNoTracking().Where(email => email.BatchId == message).ToListAsync(Token));

    [GeneratedRegex(@"(?<=into date_messages [^;]*)values \(@p0")]
    private static partial Regex Key();
}

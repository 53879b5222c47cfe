using TrainingHub.Bookings;
using TrainingHub.Platform.Email;
using TrainingHub.Tests.Bookings;
using TrainingHub.Tests.Platform.Email;
using Xunit;

namespace TrainingHub.Tests.Platform.Web;

/// <summary>Whoever has a copy of the database has no link that opens anything: once an email is sent, what it led to is a hash.</summary>
public sealed class StoredLinksTests(EmailBench app) : IClassFixture<EmailBench>
{
    [Fact]
    public async Task Links_OfSentEmails_AreInNoTable()
    {
        await app.ClearAsync();
        var world = await BookingWorld.MakeAsync(app.Database, app.Clock);
        await (await world.ToCheckAsync(app.Browse(), await world.RunAsync(capacity: 5), "Ann Able|ann@links.example")).SubmitAsync();

        for (var round = 0; round < 3; round++)
        {
            await app.Sender.SendAsync(TestContext.Current.CancellationToken);
        }

        var links = app.Mailbox.Sent.SelectMany(email => email.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            .Where(word => word.Contains("/b/", StringComparison.Ordinal) || word.Contains("/d/", StringComparison.Ordinal)).Select(word => word.Trim('.', ',')).Distinct().ToList();
        Assert.NotEmpty(links);
        foreach (var link in links)
        {
            Assert.Equal(System.Net.HttpStatusCode.OK, (await app.Browse().GetAsync(new Uri(link).PathAndQuery)).Status);
            House.Verdict.NoFaults(await Tables.HoldingAsync(app, TokenOf(link)));
        }
    }

    // "/b/{token}/calendar.ics" and "/d/{place}/{token}".
    private static string TokenOf(string link) => new Uri(link).AbsolutePath.Split('/') switch { ["", "d", _, var token, ..] => token, ["", _, var token, ..] => token, _ => "" };
}

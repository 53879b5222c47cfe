using System.Text;
using TrainingHub.Bookings;
using TrainingHub.Platform;
using TrainingHub.Platform.Data;
using Xunit;

namespace TrainingHub.Tests.Bookings;

/// <summary>What is kept of those who have not booked yet is bounded before it is kept.</summary>
public sealed class BookingDraftTests(TestApp app) : IClassFixture<TestApp>
{
    private const int LargestDraft = 40_000;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Book_AddWithTextsThatAreTooLong_KeepsNothingAndSaysSo()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 10);
        var form = await app.Browse().GetAsync($"/dates/{run}/book");

        var refused = await form.SubmitAsync(fields =>
        {
            (fields["People[0].Name"], fields["People[0].AccessNeeds"]) = (new string('x', 100_000), new string('y', 500_000));
            fields.Forge("action", "add");
        });

        Assert.Equal(["Full name must be 100 characters or fewer", "Access needs must be 500 characters or fewer"], refused.Errors);
        Assert.Equal(0, await world.CountAsync("select count(*) from booking_drafts where run_id = $1", run));
    }

    [Fact]
    public async Task Book_AddToHundredsOfPeople_KeepsNothing()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 10);
        var form = await app.Browse().GetAsync($"/dates/{run}/book");

        var refused = await form.SubmitAsync(fields =>
        {
            for (var i = 1; i < 600; i++)
            {
                fields.Forge($"People[{i}].Name", "Ann Able");
            }

            fields.Forge("action", "add");
        });

        Assert.Equal(["Book for 1 to 30 people at a time"], refused.Errors);
        Assert.Equal(30, refused.All("fieldset").Count);
        Assert.Equal(0, await world.CountAsync("select count(*) from booking_drafts where run_id = $1", run));
    }

    [Theory]
    [InlineData("Win a prize http://evil.example/x")]
    [InlineData("Win at www.evil.example")]
    [InlineData("evil.com/prize")]
    [InlineData("write to me@evil.example")]
    public async Task Book_NameWithAnAddressInIt_IsRefusedAtTheFieldAndKept(string name)
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 10);

        var refused = await world.ToOrganisationAsync(app.Browse(), run, $"{name}|ann@d1.example");

        Assert.Equal(["Enter a name without a web or email address in it"], refused.Errors);
        Assert.Equal(name, refused.Find("[name='People[0].Name']").GetAttribute("value"));
    }

    [Fact]
    public async Task Book_OtherNamesWithAddresses_AreRefusedToo()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 10);
        var organisation = await world.ToOrganisationAsync(app.Browse(), run, "Ann Able|ann@d2.example");

        var refused = await organisation.SubmitAsync(form =>
        {
            world.FillOrganisation(form);
            (form["Form.Name"], form["Form.Organisation"]) = ("Bea http://evil.example", "evil.co.uk prizes");
        });

        Assert.Equal(2, refused.Errors.Count(error => error == "Enter a name without a web or email address in it"));
    }

    [Fact]
    public async Task Book_NameInTwoLines_IsOneLine()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 10);

        await (await world.ToCheckAsync(app.Browse(), run, "Ann\r\n\tAble|ann@d3.example")).SubmitAsync();

        Assert.Equal("Ann Able", await world.TextAsync("select delegate_name from places where run_id = $1", run));
    }

    [Theory]
    [InlineData("Dr. A. Smith-Jones")]
    [InlineData("Siân O’Brien")]
    [InlineData("St.Mary's C.E. Primary")]
    [InlineData("Mr J.Smith")]
    [InlineData("Barnardo's / Action for Children")]
    [InlineData("B.C.P. Council (Children's Services)")]
    public void PlainName_OfPeopleAndOrganisations_IsOne(string name) => Assert.False(PlainName.HasAddress(name));

    [Fact]
    public async Task SaveDraft_OneVisitorWhoThrowsTheCookiesAway_KeepsLessThanAMegabyte()
    {
        var (world, save) = await EmptyAsync();
        using var _ = save;
        var run = await world.RunAsync(capacity: 10);
        for (var i = 0; i < 60; i++)
        {
            await save.RunAsync(Draft(run, "one", i), Ct);
        }

        Assert.InRange(await world.CountAsync("select sum(octet_length(answers::text)) from booking_drafts"), 500_000, 1_000_000);
        Assert.Equal(1, await world.CountAsync("select count(*) from booking_drafts where key_hash = $1", KeyOf("one", 59)));
    }

    [Fact]
    public async Task SaveDraft_WithoutItsGuard_KeepsAllOfIt()
    {
        var (world, unused) = await EmptyAsync();
        unused.Dispose();
        var run = await world.RunAsync(capacity: 10);
        using var save = new SaveDraft(app.Database, app.Clock)
        {
            Guard = Unguarded.Instead(SqlFile.Read("TrainingHub.Bookings.Sql.SaveDraft.sql"), "where others.together > @most_bytes - @row_bytes - @bytes", "where false and @most_bytes > 0"),
        };
        for (var i = 0; i < 60; i++)
        {
            await save.RunAsync(Draft(run, "one", i), Ct);
        }

        Assert.InRange(await world.CountAsync("select sum(octet_length(answers::text)) from booking_drafts"), 2_000_000, 3_000_000);
    }

    [Fact]
    public async Task SaveDraft_ManyNetworks_StayBelowAHundredMegabytesAndTheLargestMakesRoom()
    {
        var (world, save) = await EmptyAsync();
        using var _ = save;
        var run = await world.RunAsync(capacity: 10);
        await save.RunAsync(Draft(run, "honest", 1, size: 300), Ct);
        await world.ExecuteAsync("update booking_drafts set bytes = 300");
        await world.ExecuteAsync("update booking_drafts set expires_at = expires_at - interval '1 minute'");
        for (var network = 0; network < 130; network++)
        {
            // The rows say how large they are, so that the test need not be.
            await save.RunAsync(Draft(run, $"bot {network}", 1, size: 300, bytes: 850_000), Ct);
        }

        Assert.InRange(await world.CountAsync("select sum(bytes) from booking_drafts"), 50_000_000, 100_000_000);
        Assert.Equal(1, await world.CountAsync("select count(*) from booking_drafts where key_hash = $1", KeyOf("honest", 1)));
    }

    [Fact]
    public async Task SaveDraft_AtOnceFromOneNetwork_IsNeverStuck()
    {
        var (world, save) = await EmptyAsync();
        using var _ = save;
        var run = await world.RunAsync(capacity: 10);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(client => Task.Run(
            async () =>
            {
                for (var i = 0; i < 15; i++)
                {
                    await save.RunAsync(Draft(run, "crowd", (client * 100) + i), Ct);
                }
            },
            Ct)));

        Assert.InRange(await world.CountAsync("select sum(octet_length(answers::text)) from booking_drafts"), 500_000, 1_300_000);
    }

    private static byte[] KeyOf(string network, int number) => Tries.SubjectOf($"{network} {number}");

    // As large as ten people with the longest texts are.
    private BookingDraft Draft(Guid run, string network, int number, int size = LargestDraft, int? bytes = null)
    {
        var answers = new BookingAnswers { About = new string('x', size) }.Write();
        return Given.NewDraft(run, KeyOf(network, number), Tries.SubjectOf(network), answers, bytes ?? Encoding.UTF8.GetByteCount(answers), app.Clock.Now.AddHours(24).AddSeconds(number));
    }

    private async Task<(BookingWorld World, SaveDraft Save)> EmptyAsync()
    {
        var world = await WorldAsync();
        await world.ExecuteAsync("delete from booking_drafts");
        return (world, new SaveDraft(app.Database, app.Clock));
    }

    private Task<BookingWorld> WorldAsync() => BookingWorld.MakeAsync(app.Database, app.Clock);
}

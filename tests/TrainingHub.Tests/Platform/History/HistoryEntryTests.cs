using TrainingHub.Catalogue;
using TrainingHub.Platform;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Platform;

public sealed class HistoryEntryTests(TestApp app) : IClassFixture<TestApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null, "sue@swan.example", null, "known")]
    [InlineData("sue@swan.example", null, "known", null)]
    [InlineData("sue@swan.example", "sam@swan.example", "known", "another")]
    public void OfPerson_Fact_SaysThatItChangedAndNotToWhat(string? before, string? after, string? said, string? then) =>
        Assert.Equal([new("Email address", said, then)], HistoryChange.Of(HistoryChange.OfPerson("Email address", before, after)));

    [Theory]
    [InlineData(null)]
    [InlineData("sue@swan.example")]
    public void OfPerson_SameFact_IsNoChange(string? fact) => Assert.Empty(HistoryChange.Of(HistoryChange.OfPerson("Email address", fact, fact)));

    [Fact]
    public async Task Page_LongText_IsShortWithTheWholeBehindIt()
    {
        var venue = await app.Given.VenueAsync();
        var text = string.Join(' ', Enumerable.Range(1, 60).Select(number => $"word{number}"));
        var page = await (await app.BrowseAsStaffAsync()).GetAsync($"/staff/venues/{venue.Id}");

        var after = await page.SubmitAsync(fill => (fill["Form.Access"], fill["Form.Room"]) = (text, "Suite 2"));

        var entry = after.Find(".app-history__entry");
        Assert.Contains($"Other access: nothing → {text[..120].TrimEnd()}…", after.Main, StringComparison.Ordinal);
        Assert.Contains(text, Assert.Single(entry.QuerySelectorAll("details")).TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Copy_ManyEntries_AreReadAsTheyWereWritten()
    {
        var (record, now) = (Guid.CreateVersion7(), app.Clock.GetUtcNow());
        HistoryEntry[] entries =
        [
            HistoryEntry.New<Venue>(record, Actor.CommandLine, "Changed", [new("Room", null, "“Süite” \\ 2")], now.AddMinutes(1), "A note"),
            HistoryEntry.New<Venue>(record, Actor.Automatic, "Added", [], now),
        ];

        await using (var connection = await app.Database.OpenConnectionAsync(Ct))
        {
            await CopyHistory.RunAsync(connection, entries, Ct);
        }

        var read = await app.WithAsync((TrainingHubDb db) => HistoryEntry.OfAsync<Venue>(db, record, Ct));
        Assert.Equal(entries.Select(Facts), read.Select(Facts));

        static string Facts(HistoryEntry one) => $"{one.Id} {one.At:u} {one.ActorId} {one.Words} {one.RecordType} {one.Note} {string.Join("; ", one.Changes)}";
    }
}

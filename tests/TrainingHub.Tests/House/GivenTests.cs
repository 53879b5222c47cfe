using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Platform;
using TrainingHub.Surveys;
using Xunit;

namespace TrainingHub.Tests.House;

/// <summary>Rows of tests and of the load program are made by <see cref="Given"/>, so that a table that changes is mended once.</summary>
public sealed partial class GivenTests(TestApp app) : IClassFixture<TestApp>
{
    private static readonly string[] ByHand =
    [
        // They fill a schema of before, which the entities of today do not fit.
        "PersonKeyTests.cs",
        "OlderRowsTests.cs",
        "OlderAnswersTests.cs",
        "OlderHistoryTests.cs",
        "HistoryBeforeTheChainTests.cs",

        // It plants what no command can make.
        "AuditFaults.cs",

        // It tries rows that the tables refuse, so none is ever made.
        "OrderByCardTests.cs",
    ];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rows_OfTheApplication_AreMadeByGivenAlone()
    {
        var (entities, tables) = await app.WithAsync<TrainingHubDb, (HashSet<string>, HashSet<string>)>(db => Task.FromResult((
            db.Model.GetEntityTypes().Select(type => type.ClrType.Name).ToHashSet(),
            db.Model.GetEntityTypes().Select(type => type.GetTableName() ?? "").ToHashSet())));

        Verdict.NoFaults(
            from file in SourceTree.Read("tests", ".cs", ".sql")
            where !file.Key.StartsWith("TrainingHub.Tests/Given/", StringComparison.Ordinal) && !file.Key.StartsWith("TrainingHub.Tests/House/", StringComparison.Ordinal)
                && !ByHand.Contains(Path.GetFileName(file.Key))
            from made in Insert().Matches(file.Value).Where(found => tables.Contains(found.Groups[1].Value))
                .Concat(New().Matches(file.Value).Where(found => entities.Contains(found.Groups[1].Value)))
            select $"{file.Key}: {made.Value.Trim()}: let Given make it");
    }

    [Theory]
    [InlineData("await ExecuteAsync(\"insert into people (id) values ($1)\")")]
    [InlineData("db.Add(new Person { Id = id })")]
    [InlineData("var person = new Person\n{")]
    public void RowMadeByHand_IsSeen(string code) => Assert.True(Insert().IsMatch(code) || New().IsMatch(code));

    // What the load program relies on: copied rows are the rows that saving them would have made.
    [Fact]
    public async Task Copy_RowsWithConversions_AreReadAsTheyWere()
    {
        var given = app.Given;
        var course = await given.CourseAsync();
        var run = Given.NewRun(course.Id, new DateTimeOffset(2026, 8, 1, 9, 0, 0, TimeSpan.Zero), capacity: 20);
        var asked = await given.AskedAsync();
        var person = Given.NewPerson("Mia Came", "Mia@copy.example", run.StartsAt);
        var place = Given.NewPlace(
            run.Id, person, new GivenDelegate(person.Name) { AccessNeeds = "A loop", PricePence = 5500 }, await given.SectorIdAsync(), await given.AreaIdAsync(), run.StartsAt);
        var invitation = Given.NewSentInvitation(place.Place.Id, asked, run.StartsAt);
        var link = Given.NewSurveyLink(invitation.Id, "token", run.StartsAt);
        var response = Given.NewResponse(
            course.Id, place.Booking.AreaId, place.Booking.SectorId, run.RunsOn, Given.NewAnswers(asked, Given.AllYes));

        await given.CopyAsync([run]);
        await given.CopyAsync([person]);
        await given.CopyAsync([place.Booking]);
        await given.CopyAsync([place.Place]);
        await given.CountPlacesAsync([run.Id]);
        await given.CopyAsync([Given.NewMark(place.Place.Id, run.EndsAt)]);
        await given.CopyAsync([invitation]);
        await given.CopyAsync([link]);
        await given.CopyAsync([response]);

        await app.WithAsync<TrainingHubDb>(async db =>
        {
            var date = await db.CourseRuns.SingleAsync(one => one.Id == run.Id, Ct);
            Assert.Equal((run.StartsAt, run.RunsOn, run.Slot, 1, null), (date.StartsAt, date.RunsOn, date.Slot, date.PlacesTaken, date.FeePence));
            var stored = await db.Places.SingleAsync(one => one.PersonId == person.Id, Ct);
            Assert.Equal(("A loop", 5500, PlaceState.Confirmed), (stored.AccessNeeds, stored.PricePence, stored.State));
            Assert.Equal(InvitationState.Sent, (await db.SurveyInvitations.SingleAsync(one => one.PlaceId == stored.Id, Ct)).State);
            Assert.Equal(response.OptionIds, (await db.SurveyResponses.SingleAsync(one => one.Id == response.Id, Ct)).OptionIds);
            Assert.True(await db.AttendanceMarks.AnyAsync(mark => mark.PlaceId == stored.Id, Ct));
            Assert.True(await db.SecretLinks.AnyAsync(known => known.Hash == SecretToken.HashOf("token"), Ct));
        });
    }

    [GeneratedRegex(@"\binsert\s+into\s+(\w+)", RegexOptions.IgnoreCase)]
    private static partial Regex Insert();

    [GeneratedRegex(@"\bnew\s+(?:\w+\.)*([A-Z]\w*)\s*\{")]
    private static partial Regex New();
}

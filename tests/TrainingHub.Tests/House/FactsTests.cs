using System.Text.RegularExpressions;
using TrainingHub.Attendance;
using TrainingHub.Bookings;
using TrainingHub.Catalogue;
using TrainingHub.Platform.Email;
using TrainingHub.Surveys;
using Xunit;

namespace TrainingHub.Tests.House;

/// <summary>A fact that SQL and C# both need is written once in each, and both say the same.</summary>
public sealed partial class FactsTests(TestApp app) : IClassFixture<TestApp>
{
    public static TheoryData<string, string[]> Views => new()
    {
        { "live_places", [.. Place.LiveStates.Select(state => state.ToString())] },
        { "register_places", [nameof(PlaceState.Confirmed), nameof(RunState.Scheduled), nameof(Mark.Attended), nameof(Mark.Part)] },
        { "sent_surveys", [nameof(InvitationState.Answered), nameof(SurveyMoment.ThreeMonths), .. EmailStates.ReachedNobody.Select(state => state.ToString())] },
    };

    /// <summary>How a fact looks when it is written out, and the files that may do so.</summary>
    private static readonly (string Fact, Regex Written, string[] Allowed)[] Facts =
    [
        ("a place is live: ask LivePlaces or Place.IsLive", Live(), ["Bookings/Place.cs"]),
        ("a place was attended: ask RegisterPlaces", Attended(), []),
        ("seats left: read PlacesLeft", SeatsLeft(), ["Catalogue/CourseRun.cs", "Catalogue/Events/EventSession.cs"]),
        ("an email was not delivered: ask EmailStates", NotDelivered(), ["Platform/Email/EmailState.cs"]),
    ];

    [Theory]
    [MemberData(nameof(Views))]
    public async Task View_AndItsRuleInCode_NameTheSameValues(string view, string[] names)
    {
        await using var command = app.Database.CreateCommand($"select pg_get_viewdef('{view}'::regclass)");
        var definition = (string)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;

        Assert.Equal(names.Order(StringComparer.Ordinal), Quoted().Matches(definition).Select(match => match.Groups[1].Value).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Facts_InAllFiles_AreNotWrittenASecondTime()
    {
        var files = SourceTree.Read("src/TrainingHub", ".cs", ".cshtml", ".sql").Where(file => !file.Key.StartsWith("Migrations/", StringComparison.Ordinal));

        Verdict.NoFaults(
            from file in files
            from fact in Facts
            where !fact.Allowed.Contains(file.Key)
            from Match match in fact.Written.Matches(file.Value)
            select $"{file.Key}: {match.Value}: {fact.Fact}");
    }

    [Theory]
    [InlineData("where p.state in ('Held', 'Confirmed')")]
    [InlineData("place.State is PlaceState.Held or PlaceState.Confirmed")]
    [InlineData("(place.State == PlaceState.Confirmed || place.State == PlaceState.Held)")]
    [InlineData("m.mark in ('Attended', 'Part')")]
    [InlineData("mark.Mark != Mark.Absent")]
    [InlineData("run.Capacity - run.PlacesTaken")]
    [InlineData("run.PlacesTaken < run.Capacity")]
    [InlineData("and places_taken + wanted.places <= capacity")]
    [InlineData("email.state in ('Failed', 'Bounced')")]
    [InlineData("email.State is EmailState.Failed or EmailState.Bounced")]
    public void FactWrittenOut_IsSeen(string text) => Assert.Contains(Facts, fact => fact.Written.IsMatch(text));

    [GeneratedRegex("'(\\w+)'")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"'Held',\s*'Confirmed'|'Confirmed',\s*'Held'|(?:Held|Confirmed)\s*(?:or|\|\|)\s*(?:\w+\.State == )?PlaceState\.(?:Held|Confirmed)")]
    private static partial Regex Live();

    [GeneratedRegex(@"'Attended',\s*'Part'|!= Mark\.Absent|Mark\.Attended or Mark\.Part")]
    private static partial Regex Attended();

    [GeneratedRegex(@"Capacity - (?:\w+\.)?PlacesTaken|PlacesTaken\s*(?:<|>=|>)\s*(?:\w+\.)?Capacity|capacity - (?:\w+\.)?places_taken|places_taken \+ [\w.@]+ <= (?:\w+\.)?capacity", RegexOptions.IgnoreCase)]
    private static partial Regex SeatsLeft();

    [GeneratedRegex(@"(?<!'Sent', )'Failed',\s*'Bounced'|EmailState\.Failed\s*(?:or|\|\|)\s*(?:\w+\.State == )?EmailState\.Bounced(?! =>)")]
    private static partial Regex NotDelivered();
}

using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TrainingHub.Bookings;
using TrainingHub.Catalogue;
using TrainingHub.People;
using TrainingHub.PersonalData;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Jobs;
using TrainingHub.Tests.House;
using TrainingHub.Tests.People;
using TrainingHub.Tests.Surveys;
using Xunit;

namespace TrainingHub.Tests.PersonalData;

/// <summary>What the rules of retention say, the jobs do; and the page, the verb and the privacy notice say the same.</summary>
public sealed partial class RetentionTests(TestDatabase databases)
{
    // Counted by the job, with history of its own; the others are taken by their conditions.
    private static readonly string[] OwnCount = [nameof(ForgetLeads), nameof(ForgetContacts)];

    // Days after the start on which somebody may have reached an end, and those before and after it.
    private static readonly int[] Days = [0, 1, 2, 3, 6, 7, 8, 14, 15, 29, 30, 31, 32, 60, 75, 89, 90, 91, 150, 330, 364, 365, 366, 367, 395, 396, 540, 549, 729, 730, 731, 732, 1100, 1500, 1900, 2190, 2191, 2192, 2193, 2337, 2338, 2339, 2700, 2703, 2704, 2705, 2922];

    // What the test makes, so that it is seen to go.
    private static readonly string[] Made =
    [
        "access-needs", "place-notices", "waiting-lists", "date-messages", "applications-undecided", "applications", "booking-notes", "bookers", "places", "former-names", "people",
        "drafts", "emails", "evidence", "invoices", "payment-notes", "bank-lines", "date-wishes", "data-requests", "complaints", "job-runs", nameof(ForgetLeads), nameof(ForgetContacts),
    ];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task DryRun_OverEightYears_IsWhatTheJobsTake()
    {
        await using var app = new TestApp(await databases.CreateAsync());
        _ = app.Services;
        await StandEverywhereAsync(app);
        var (start, taken) = (app.Clock.Now, new Dictionary<string, int>());

        foreach (var day in Days)
        {
            app.Clock.MoveTo(start.AddDays(day));
            foreach (var job in Rules(app).Where(rule => rule.Rows is not null).Select(rule => rule.Job!).Distinct())
            {
                var said = (await Apply(app).CountAsync(job, Ct)).ToDictionary(count => count.Rule.Key);
                foreach (var (rule, rows) in await Apply(app).RemoveAsync(job, Ct))
                {
                    Assert.True(said[rule.Key].Now == rows, $"{rule.Key} on day {day}: {said[rule.Key].Now} were said and {rows} taken.");
                    taken[rule.Key] = taken.GetValueOrDefault(rule.Key) + rows;
                }
            }

            foreach (var job in OwnCount)
            {
                var said = (await Apply(app).CountAsync(job, Ct)).Sum(count => count.Now);
                Assert.Equal(said, await app.RunJobAsync(job));
                taken[job] = taken.GetValueOrDefault(job) + said!.Value;
            }
        }

        var untaken = string.Join(' ', Made.Where(key => taken.GetValueOrDefault(key) == 0));
        Assert.True(untaken.Length == 0, untaken);
    }

    [Fact]
    public async Task Soon_ThirtyDaysLater_IsWhatWasSaid()
    {
        await using var app = new TestApp(await databases.CreateAsync());
        _ = app.Services;
        await StandEverywhereAsync(app);
        var start = app.Clock.Now;

        foreach (var day in new[] { 0, 40, 80, 335, 370, 520, 700, 735, 1100, 2180, 2300, 2340, 2690, 2800 })
        {
            app.Clock.MoveTo(start.AddDays(day));
            var before = await CountsAsync(app);
            app.Clock.MoveTo(start.AddDays(day + ApplyRetention.SoonDays));
            var after = await CountsAsync(app);

            Assert.All(before.Values.Where(count => count.Now is not null && !count.Rule.ByRealTime), count => Assert.Equal((count.Rule.Key, count.Now + count.Soon), (count.Rule.Key, after[count.Rule.Key].Now)));
        }
    }

    [Fact]
    public async Task LegalHold_OnAPlace_IsSkippedByTheCountAndByTheJob()
    {
        await using var app = new TestApp(await databases.CreateAsync());
        await app.InitializeAsync();
        var concerns = new ConcernWorld(app);
        var raised = await concerns.RaisedAsync();
        var (other, _, _) = await concerns.WrittenAsync("Harmless");
        app.Clock.Advance(TimeSpan.FromDays(366 * 9));

        var said = await CountsAsync(app);
        var taken = (await Apply(app).RemoveAsync(nameof(ForgetPersonalData), Ct)).ToDictionary(one => one.Rule.Key, one => one.Rows);

        foreach (var key in new[] { "places", "people", "bookers" })
        {
            Assert.Equal((key, 1), (key, said[key].Now));
            Assert.Equal((key, 1), (key, taken[key]));
        }

        Assert.True(await NamedAsync(app, raised.Place.PlaceId));
        Assert.False(await NamedAsync(app, other.PlaceId));
    }

    [Theory]
    [InlineData("access-needs", 29, 0)]
    [InlineData("access-needs", 31, 1)]
    [InlineData("waiting-lists", 29, 0)]
    [InlineData("waiting-lists", 31, 1)]
    public async Task WhatIsKeptThirtyDaysAfterTheDate_ADayBeforeAndAfter(string rule, int days, int gone)
    {
        await using var app = new TestApp(await databases.CreateAsync());
        _ = app.Services;
        var course = await app.Given.CourseAsync();
        var run = await app.Given.RunAsync(course.Id, London.DateOf(app.Clock.Now));
        await app.Given.PlacesAsync(run, new GivenDelegate("Ann Able") { AccessNeeds = "A hearing loop" });
        await app.Given.WaitingAsync(run.Id, "Wanda Waits", "wanda@r1.example");
        app.Clock.MoveTo(run.EndsAt.AddDays(days));

        var said = (await CountsAsync(app))[rule].Now;
        var taken = (await Apply(app).RemoveAsync(nameof(ForgetPersonalData), Ct)).Single(one => one.Rule.Key == rule).Rows;

        Assert.Equal((gone, gone), (said, taken));
    }

    [Fact]
    public async Task Page_AndVerb_SayWhatWouldGo()
    {
        await using var app = new TestApp(await databases.CreateAsync());
        await app.Given.EmailAsync("booking-confirmed", EmailState.Sent);
        await app.Given.EmailAsync("booking-confirmed", EmailState.Sent);
        app.Clock.Advance(TimeSpan.FromDays(PruneEmails.KeepDays - 10));
        await app.Given.SettingAsync("Site:ContactsKeptMonths", "7");

        var page = await (await app.BrowseAsStaffAsync()).GetAsync("/staff/retention");
        var printed = await PrintAsync(app);

        Assert.Contains("90 days after they were written Why", $"{Row("emails", "Kept")} Why");
        Assert.Equal(("0", "2", "Prune emails"), (Row("emails", "Now"), Row("emails", "Soon"), Row("emails", "Removed by")));
        Assert.StartsWith("7 months after", Row("contacts", "Kept"));
        Assert.Contains("emails,0,2,\"90 days after they were written\",PruneEmails", printed);
        Assert.Equal(Rules(app).Count, page.All("tbody tr").Count);
        Assert.Equal(Rules(app).Count + 1, printed.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);

        string Row(string rule, string label) => page.Find($"#{rule} td[data-label='{label}']").TextContent.Trim();
    }

    [Fact]
    public async Task PrivacyNotice_SaysThePeriodsOfTheRulesAndNoneByItself()
    {
        await using var app = new TestApp(await databases.CreateAsync());
        await app.Given.SettingAsync("Site:ContactsKeptMonths", "7");

        var page = (await app.Browse().GetAsync("/privacy")).Main;
        var source = SourceTree.Read("src/TrainingHub", ".cshtml").Single(file => file.Key.EndsWith("Platform/Web/Pages/Privacy.cshtml", StringComparison.Ordinal)).Value;

        Assert.Contains("7 months after the contract ends", page);
        Assert.Contains("30 days after the course", page);
        Assert.DoesNotMatch(PeriodByHand(), source[..source.IndexOf("id=\"survey\"", StringComparison.Ordinal)]);
        var read = KeyRead().Matches(source).Select(match => match.Groups[1].Value).ToHashSet();
        Assert.Empty(read.Except(Rules(app).Select(rule => rule.Key)));
    }

    [Fact]
    public async Task Copy_SaysThePeriodsOfTheRulesAndNoneByItself()
    {
        await using var app = new TestApp(await databases.CreateAsync());
        var source = SourceTree.Read("src/TrainingHub", ".sql").Single(file => file.Key.EndsWith("PersonalData/Sql/CopyOfData.sql", StringComparison.Ordinal)).Value;

        Assert.All(source.Split('\n').Where(line => line.StartsWith("--- ", StringComparison.Ordinal)), line => Assert.DoesNotMatch(PeriodByHand(), line));
    }

    [Fact]
    public async Task Rules_NameJobsThatThereAre_AndEachOnce()
    {
        await using var app = new TestApp(await databases.CreateAsync());
        var jobs = app.Services.GetServices<JobEntry>().Select(entry => entry.Name).ToHashSet();

        Assert.Empty(Rules(app).Where(rule => rule.Job is { } job && !jobs.Contains(job)).Select(rule => rule.Key));
        Assert.Empty(Rules(app).Where(rule => rule.Job is null && (rule.Rows is not null || rule.Kept is not null)).Select(rule => rule.Key));
        Assert.Equal(Rules(app).Count, Rules(app).Select(rule => rule.Key).Distinct().Count());
    }

    /// <summary>Somebody in every table that can hold a person, and what leaves other traces.</summary>
    private static async Task StandEverywhereAsync(TestApp app)
    {
        await Canary.MakeAsync(app, "Zaphira", "Quellwater");
        var world = await Tests.Bookings.BookingWorld.MakeAsync(app.Database, app.Clock);
        await world.BookAsync(await world.RunAsync(capacity: 5, startsIn: TimeSpan.FromDays(5)), "ann@r0.example", "ben@r0.example");
        await app.Given.TrainerAsync((await app.Given.ProviderAsync(contractUntil: London.DateOf(app.Clock.Now).AddDays(10))).Id, "Tina Trainer");
        await app.Given.PersonAsync("Nora Never", "nora@r0.example");
        await app.Given.ApplicationAsync("Quay Trust");
        await app.Given.BankLineAsync("EXAMPLE PAYER", 1000, London.DateOf(app.Clock.Now));
        await app.Given.EmailAsync("payment-needs-attention", EmailState.Sent);
        await app.WithAsync((KeepRequest keep) => KeepAsync(app, keep));
    }

    private static async Task KeepAsync(TestApp app, KeepRequest keep)
    {
        foreach (var kind in new[] { DataRequestKind.Copy, DataRequestKind.Complaint })
        {
            var id = Guid.CreateVersion7(app.Clock.Now);
            await app.WithAsync((RecordRequest record) => record.RunAsync(
                new(id, kind, "Fay Frank", "fay@r0.example", null, "x", "x", London.DateOf(app.Clock.Now), null), Actor.CommandLine, Ct));
            await keep.AnswerAsync(id, "Done", kind == DataRequestKind.Complaint ? ComplaintFinding.Upheld : null, tell: true, Actor.CommandLine, Ct);
        }
    }

    private static IReadOnlyList<RetentionRule> Rules(TestApp app) => app.Services.GetRequiredService<RetentionRules>().All;

    private static ApplyRetention Apply(TestApp app) => app.Services.GetRequiredService<ApplyRetention>();

    private static async Task<Dictionary<string, RetentionCount>> CountsAsync(TestApp app) => (await Apply(app).CountAsync(Ct)).ToDictionary(count => count.Rule.Key);

    private static Task<bool> NamedAsync(TestApp app, Guid place) => app.WithAsync((TrainingHubDb db) => db.Places.AnyAsync(one => one.Id == place && one.PersonId != null, Ct));

    private static async Task<string> PrintAsync(TestApp app)
    {
        var (before, written) = (Console.Out, new StringWriter());
        try
        {
            Console.SetOut(written);
            Assert.Equal(0, await new RetentionVerb(Apply(app), app.Services.GetRequiredService<RetentionRules>()).RunAsync(["--dry-run"], Ct));
        }
        finally
        {
            Console.SetOut(before);
        }

        return written.ToString();
    }

    [GeneratedRegex(@"\d+\s+(minutes?|hours?|days?|months?|years?)\b")]
    private static partial Regex PeriodByHand();

    [GeneratedRegex("""kept(?:\.Period\()?\[?"([a-z-]+)"\]?""")]
    private static partial Regex KeyRead();
}

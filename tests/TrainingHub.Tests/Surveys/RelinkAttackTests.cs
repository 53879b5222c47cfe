using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Catalogue;
using TrainingHub.Platform;
using TrainingHub.Platform.Data;
using TrainingHub.Surveys;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Surveys;

/// <summary>
/// Somebody has the whole database, the hidden columns of its rows too, after the links are destroyed, and wants to know who gave an
/// answer. The twin destroys the links and nothing else: then each way finds people. As many answers as LINKAGE_ANSWERS says.
/// </summary>
public sealed class RelinkAttackTests(TestDatabase databases) : IAsyncLifetime
{
    private const int OfOneCourse = 14;
    private const int FewCourses = 3;
    private const int Minutes = 61 * OfOneCourse * FewCourses;

    private static readonly string[] Toolkits = ["Neglect Toolkit", "Domestic Abuse Toolkit", "Working with Parents/Carers with Substance Misuse Issues Toolkit", "Mental Health Toolkit"];

    /// <summary>What an attacker may find beyond chance, of all answers.</summary>
    private const double BeyondChance = 0.02;

    private static readonly DateOnly FirstDay = new(2026, 8, 3);
    private readonly TestApp app = new(databases);
    private readonly Random random = new(7);
    private SurveyWorld world = null!;
    private int asked;

    public async ValueTask InitializeAsync()
    {
        await app.InitializeAsync();
        world = new SurveyWorld(app);
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private static int Courses =>
        int.TryParse(Environment.GetEnvironmentVariable("LINKAGE_ANSWERS"), CultureInfo.InvariantCulture, out var wanted) ? Math.Max(1, wanted / OfOneCourse) : FewCourses;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Attack_AfterUnlinking_FindsNobody()
    {
        var truth = await AnswerAllAsync();
        await app.RunJobAsync(nameof(UnlinkAnswers));
        Assert.Equal(truth.Count, await world.CountAsync("survey_responses where submitted_within <> 'Day'"));

        var database = await ReadAsync();

        Assert.Equal(0, database.FoundByKey(truth));
        Assert.Equal(0, database.FoundByTransaction(truth));
        Assert.Equal(0, database.FoundByDay());
        Assert.Equal(0, database.FoundByAttributes());
        Assert.Empty(database.FoundByName());
        Assert.Empty(database.FoundByTime());
        var (found, byChance) = database.Guess(truth);
        TestContext.Current.TestOutputHelper?.WriteLine($"Of {truth.Count} answers {found} were guessed right, {byChance:0.0} would be by chance.");
        Assert.InRange(found, 0, byChance + Math.Max(BeyondChance * truth.Count, Luck(byChance)));
    }

    /// <summary>How far the luckiest of 36 tries may be above the mean among few: four standard deviations.</summary>
    private static double Luck(double byChance) => 4 * Math.Sqrt(byChance);

    [Fact]
    public async Task Attack_OnlyTheLinksDestroyed_FindsThem()
    {
        var truth = await AnswerAllAsync();
        await world.DoAsync("delete from survey_links");

        var database = await ReadAsync();

        Assert.Equal(truth.Count, database.FoundByTransaction(truth));
        Assert.NotEqual(0, database.FoundByAttributes());
        Assert.NotEmpty(database.FoundByTime());
        Assert.Equal(truth.Count, database.FoundByOrder(truth));
        Assert.Equal(truth.Count, database.Guess(truth).Found);
    }

    // Who has the rights of the running program and reads tables. What it lacks is what finds everybody in the twin.
    [Fact]
    public async Task Attack_BeforeUnlinkingAsTheProgram_FindsNobodyByKeyTransactionOrDay()
    {
        var truth = await AnswerAllAsync();

        var (seen, whole) = (await StolenDatabase.ReadAsync(app.Database, Ct), await ReadAsync());

        Assert.Equal((0, 0, 0), (seen.FoundByKey(truth), seen.FoundByTransaction(truth), seen.FoundByDay()));
        Assert.Equal((truth.Count, truth.Count), (whole.FoundByKey(truth), whole.FoundByTransaction(truth)));
    }

    [Fact]
    public async Task Attack_WithTheRightsGivenBack_FindsThem()
    {
        var truth = await AnswerAllAsync();
        await world.DoAsync($"grant select on survey_links, survey_responses to {PrivatePostgres.Application}; alter table survey_responses drop constraint ck_survey_responses_week; alter table survey_responses disable trigger answers_say_the_week; update survey_responses set submitted_on = submitted_on + 3");

        var seen = await StolenDatabase.ReadAsync(app.Database, Ct);

        Assert.Equal(truth.Count, seen.FoundByKey(truth));
        Assert.NotEqual(0, seen.FoundByDay());
    }

    [Fact]
    public async Task Unlink_Totals_StayExact()
    {
        await AnswerAllAsync();
        var before = await TotalsAsync();

        await app.RunJobAsync(nameof(UnlinkAnswers));

        Assert.Equal(before, await TotalsAsync());
        Assert.NotEqual(0, await world.CountAsync("withheld_answers"));
        Assert.Equal(0, await app.RunJobAsync(nameof(UnlinkAnswers)));
    }

    [Fact]
    public async Task Unlink_Comment_LeavesItsAnswersAndStaysInTheQueue()
    {
        await AnswerAllAsync();
        var texts = await world.CountAsync("survey_comments where state = 'Unread'");

        await app.RunJobAsync(nameof(UnlinkAnswers));

        Assert.Equal(texts, await world.CountAsync("survey_comments where response_id is null"));
        var page = await (await app.BrowseAsStaffAsync()).GetAsync("/staff/surveys/comments");
        Assert.Contains($"{texts} to read", page.Main);
    }

    /// <summary>Delegates of three courses, unevenly from areas and sectors, who answer one after the other, each in their own way.</summary>
    /// <returns>Which invitation each answer belongs to, by what is ticked.</returns>
    private async Task<Dictionary<string, Guid>> AnswerAllAsync()
    {
        for (var course = 0; course < Courses; course++)
        {
            var (id, delegates) = ((await app.Given.CourseAsync()).Id, new List<GivenDelegate>());
            for (var number = 0; number < OfOneCourse; number++)
            {
                delegates.Add(new GivenDelegate($"Dana Delegate {++asked}")
                {
                    Area = number < 9 ? "BCP" : "Dorset",
                    Sector = number is 0 or 9 ? "Health" : "Education",
                });
            }

            var run = await app.Given.RunAsync(id, FirstDay.AddDays(course % FewCourses));
            foreach (var place in await app.Given.PlacesAsync(run, [.. delegates]))
            {
                await app.Given.MarkAsync(place.Place.Id, run.EndsAt);
            }
        }

        app.Clock.MoveTo(London.Instant(new DateOnly(2026, 11, 9), new TimeOnly(10, 0)));
        await app.RunJobAsync(nameof(ScheduleSurveys));
        await app.RunJobAsync(nameof(SendDueSurveys));
        // The pace holds back what is more than a few.
        while (await world.CountAsync("survey_invitations where state = 'Sent'") < asked && app.Clock.GetUtcNow().Month == 11)
        {
            app.Clock.Advance(SendDueSurveys.Every);
            await app.RunJobAsync(nameof(SendDueSurveys));
        }

        var truth = await AnswerEachAsync();
        app.Clock.Advance(TimeSpan.FromDays(42 + SurveyTimes.UnlinkDays + 2));
        await app.RunJobAsync(nameof(CloseSurveys));
        return truth;
    }

    private async Task<Dictionary<string, Guid>> AnswerEachAsync()
    {
        var truth = new Dictionary<string, Guid>();
        var asks = await app.Given.AskedAsync();
        var invitations = await app.WithAsync<TrainingHubDb, List<Guid>>(db =>
            db.SurveyInvitations.Where(invitation => invitation.State == InvitationState.Sent).Select(invitation => invitation.Id).ToListAsync(Ct));
        Assert.Equal(asked, invitations.Count);
        var (confidence, knowledge) = (LabelsOf("confidence"), LabelsOf("knowledge"));
        foreach (var (number, invitation) in invitations.OrderBy(_ => random.Next()).Index())
        {
            app.Clock.Advance(TimeSpan.FromMinutes((double)Minutes / asked));
            var (scales, ticks) = Math.DivRem(number, 8);
            var uses = scales / confidence.Count / knowledge.Count;
            var answers = Given.NewAnswers(
                asks,
                [
                    ("confidence", confidence[scales % confidence.Count]), ("knowledge", knowledge[scales / confidence.Count % knowledge.Count]),
                    ("changed_practice", (ticks & 1) == 0 ? "Yes" : "No"), ("impacted_families", (ticks & 2) == 0 ? "Yes" : "No"), ("recommend", (ticks & 4) == 0 ? "Yes" : "No"),
                    .. Toolkits.Where((_, toolkit) => (uses >> toolkit & 1) == 1).Select(toolkit => ("toolkits", toolkit)),
                ]);
            answers = answers with { Texts = new Dictionary<string, string?> { ["changed_practice"] = number % 3 == 0 ? $"I ask first, {number}." : null } };
            Assert.Null(await app.WithAsync<AnswerSurvey, AnswerRefusal?>(command => command.RunAsync(invitation, answers, Ct)));
            truth.Add(StolenDatabase.Answers(answers.OptionIds.Select(option => $"{option}")), invitation);
        }

        return truth;

        List<string> LabelsOf(string question) => [.. asks.Questions.Single(one => one.Key == question).Options.Select(option => option.Label)];
    }

    private async Task<string> TotalsAsync() => await world.ScalarAsync<string>(
        """
        with course as (
            select area_id, course_id, count(*) as count from survey_responses where course_id is not null group by 1, 2
            union all
            select area_id, course_id, count from withheld_answers where course_id is not null
        ), sector as (
            select area_id, sector_id, count(*) as count from survey_responses where sector_id is not null group by 1, 2
            union all
            select area_id, sector_id, count from withheld_answers where sector_id is not null
        )
        select string_agg(line, E'\n' order by line) from (
            select concat_ws('|', 'course', area_id, course_id, sum(count)) as line from course group by area_id, course_id
            union all
            select concat_ws('|', 'sector', area_id, sector_id, sum(count)) from sector group by area_id, sector_id
            union all
            select concat_ws('|', 'answer', area_id, option_id, count(*))
            from survey_responses, unnest(option_ids) as option_id
            group by area_id, option_id
        ) lines
        """);

    private Task<StolenDatabase> ReadAsync() => StolenDatabase.ReadAsync(app.Database.Owner(), Ct);
}

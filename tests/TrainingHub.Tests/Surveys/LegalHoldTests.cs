using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using TrainingHub.Bookings;
using TrainingHub.PersonalData;
using TrainingHub.Platform;
using TrainingHub.Surveys;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Surveys;

/// <summary>What a concern holds, nothing unlinks, forgets or gives out until the lead lifts the hold.</summary>
public sealed class LegalHoldTests(TestDatabase databases) : IAsyncLifetime
{
    private readonly TestApp app = new(databases);
    private ConcernWorld world = null!;
    private SurveyWorld surveys = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await app.InitializeAsync();
        (world, surveys) = (new(app), new(app));
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task Unlinking_LeavesTheHeldAnswerUntilTheHoldIsLifted()
    {
        var raised = await world.RaisedAsync();
        var (other, _, _) = await world.WrittenAsync("Harmless");
        var lead = await world.ActorAsync("Lena Lead");
        await world.CloseAsync(raised, lead);
        app.Clock.Advance(TimeSpan.FromDays(SurveyTimes.OpenDays + SurveyTimes.UnlinkDays + 2));

        await app.RunJobAsync(nameof(UnlinkAnswers));
        Assert.Equal((1, 0), (await LinksAsync(raised.Place), await LinksAsync(other)));
        Assert.True(await app.WithAsync((HandleConcern handle) => handle.LiftHoldAsync(raised.Id, "It is settled.", lead, Ct)));
        await app.RunJobAsync(nameof(UnlinkAnswers));

        Assert.Equal(0, await LinksAsync(raised.Place));
        Assert.Equal(0, await surveys.CountAsync($"legal_holds where place_id = '{raised.Place.PlaceId}'"));
        Assert.Equal(1, await surveys.CountAsync($"survey_comments where id = '{raised.Comment}' and response_id is null and state = 'Concern'"));
        Assert.Equal(Trace.Unlinked, await app.WithAsync(async (TrainingHubDb db) => await Writer.TraceAsync(db, await world.ReadAsync(raised), Ct)));
    }

    // Whatever statement asks for it: the key of the concern keeps the answer.
    [Fact]
    public async Task Answer_HeldOne_CannotBeDeletedByAnybody()
    {
        var raised = await world.RaisedAsync();

        var link = await Assert.ThrowsAsync<PostgresException>(() => surveys.DoAsync($"with gone as (delete from survey_links using survey_comments c where c.id = '{raised.Comment}' and survey_links.response_id = c.response_id returning c.response_id), text as (delete from survey_comments where id = '{raised.Comment}') delete from survey_responses using gone where id = gone.response_id"));
        var text = await Assert.ThrowsAsync<PostgresException>(() => surveys.DoAsync($"delete from survey_comments where id = '{raised.Comment}'"));

        Assert.Equal("ck_concerns_comment_kept", text.ConstraintName);
        Assert.Contains(link.ConstraintName, (string?[])["fk_concerns_held_response_id", "ck_concerns_comment_kept"]);
    }

    [Fact]
    public async Task Retention_AfterSixYears_KeepsWhoWroteIt()
    {
        var raised = await world.RaisedAsync();
        var (other, _, _) = await world.WrittenAsync("Harmless");
        app.Clock.Advance(TimeSpan.FromDays(366 * 9));

        await app.RunJobAsync(nameof(ForgetPersonalData));

        Assert.Equal(1, await surveys.CountAsync($"places where id = '{raised.Place.PlaceId}' and person_id is not null"));
        Assert.Equal(0, await surveys.CountAsync($"places where id = '{other.PlaceId}' and person_id is not null"));
    }

    [Fact]
    public async Task Erasure_KeepsThePersonAndSaysThatSomethingIsHeldWithoutSayingWhat()
    {
        var raised = await world.RaisedAsync();
        await app.WithAsync((TrainingHubDb db) => db.CourseRuns.Where(run => run.Id == raised.Place.RunId).CountAsync(Ct));
        var request = Guid.CreateVersion7();
        await app.WithAsync((RecordRequest record) => record.RunAsync(
            new(request, DataRequestKind.Erasure, "Mia Came", raised.Place.Email, "x", "x", "x", London.DateOf(app.Clock.Now), raised.Place.PersonId), Actor.CommandLine, Ct));
        await app.WithAsync((KeepRequest keep) => keep.TickAsync(request, [new(HeldKind.Person, raised.Place.PersonId)], [], Actor.CommandLine, Ct));

        var page = await (await app.BrowseAsStaffAsync()).GetAsync(PersonalDataUrls.Erase(request));
        Assert.Equal(EraseResult.Erased, await app.WithAsync((EraseRequest erase) => erase.RunAsync(request, leaveNeeded: false, Actor.CommandLine, Ct)));

        Assert.Contains("Some of their records, with what is needed to know whose they are", page.Main);
        Assert.DoesNotContain("Canary", page.Text);
        Assert.DoesNotContain(raised.Reference, page.Text);
        Assert.Equal(1, await surveys.CountAsync($"people where id = '{raised.Place.PersonId}'"));
        Assert.Equal(1, await surveys.CountAsync($"survey_comments where text = '{raised.Text}'"));
        Assert.Equal(ForgetResult.IsHeld, await app.WithAsync((ForgetPerson forget) => forget.RunAsync(raised.Place.PersonId, Actor.CommandLine, Ct)));
    }

    [Fact]
    public async Task Copy_OfTheWriter_LeavesTheHeldTextOut()
    {
        var raised = await world.RaisedAsync();

        var copy = await app.WithAsync(async (TrainingHubDb db) => System.Text.Encoding.UTF8.GetString(
            (await CopyOfData.ReadAsync(app.Database, await HeldData.ReadAsync(db, [new(HeldKind.Person, raised.Place.PersonId)], Ct), Guid.Empty, app.Services.GetRequiredService<RetentionRules>(), Ct)).ToJson()));

        Assert.Contains(raised.Place.Email, copy);
        Assert.DoesNotContain("Canary", copy);
    }

    private Task<long> LinksAsync(AttendedPlace place) =>
        surveys.CountAsync($"survey_links link join survey_invitations invitation on invitation.id = link.invitation_id where invitation.place_id = '{place.PlaceId}'");
}

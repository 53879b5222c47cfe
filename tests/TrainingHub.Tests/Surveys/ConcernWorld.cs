using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;
using TrainingHub.Surveys;
using Xunit;

namespace TrainingHub.Tests.Surveys;

/// <summary>A concern about what a delegate wrote on the survey's own page.</summary>
internal sealed record RaisedConcern(AttendedPlace Place, Guid Comment, Guid Id, string Reference, string Text);

/// <summary>Brings free texts as far as a test of concerns needs, by the page and the commands.</summary>
internal sealed class ConcernWorld(TestApp app)
{
    private readonly SurveyWorld surveys = new(app);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>A text that somebody wrote who can be traced, not read yet.</summary>
    public async Task<(AttendedPlace Place, Guid Comment, string Text)> WrittenAsync(string words = "Canary of a child")
    {
        var (place, _, token, _) = await surveys.InvitedAsync();
        var text = $"{words} {place.PlaceId:N}";
        await (await app.Browse().GetAsync($"/survey/{token}")).SubmitAsync(form =>
        {
            SurveyWorld.Fill(form);
            form["Form.ChangedPracticeExample"] = text;
        });
        return (place, await surveys.ScalarAsync<Guid>($"select id from survey_comments where text = '{text}'"), text);
    }

    public async Task<RaisedConcern> RaisedAsync(ConcernKind kind = ConcernKind.AtRisk)
    {
        var (place, comment, text) = await WrittenAsync();
        var by = await ActorAsync("Rae Raises");
        Assert.Equal(RaiseResult.Raised, await app.WithAsync((RaiseConcern raise) => raise.RunAsync(comment, kind, by, Ct)));
        var concern = await app.WithAsync((TrainingHubDb db) => db.Concerns.AsNoTracking().SingleAsync(one => one.CommentId == comment && one.State == ConcernState.Raised, Ct));
        return new(place, comment, concern.Id, concern.Reference, text);
    }

    public async Task<Actor> ActorAsync(string name) => new(await app.Given.StaffAsync(name), name);

    public Task<Concern> ReadAsync(RaisedConcern raised) => app.WithAsync((TrainingHubDb db) => db.Concerns.AsNoTracking().SingleAsync(one => one.Id == raised.Id, Ct));

    /// <summary>Acknowledged and closed by the lead.</summary>
    public async Task CloseAsync(RaisedConcern raised, Actor lead)
    {
        Assert.True(await app.WithAsync((HandleConcern handle) => handle.AcknowledgeAsync(raised.Id, lead, Ct)));
        Assert.True(await app.WithAsync((HandleConcern handle) => handle.CloseAsync(raised.Id, "The duty team has it.", lead, Ct)));
    }

    public Task<List<string>> ToldAsync(RaisedConcern raised) => app.WithAsync((TrainingHubDb db) =>
        db.OutgoingEmails.Where(email => email.About == raised.Reference).OrderBy(email => email.CreatedAt).Select(email => $"{email.Kind} {email.ToAddress}").ToListAsync(Ct));
}

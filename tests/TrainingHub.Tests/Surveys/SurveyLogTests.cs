using Xunit;

namespace TrainingHub.Tests.Surveys;

/// <summary>What is logged with the levels of the settings, and all that our own code logs, holds no answer, name, address or token.</summary>
public sealed class SurveyLogTests(TestDatabase databases) : IAsyncLifetime
{
    private readonly LoggedApp app = new(databases);

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task Logs_WholeSurvey_HoldNothingOfIt()
    {
        var world = new SurveyWorld(app);
        var (place, _, token, stop) = await world.InvitedAsync();
        await (await app.Browse().GetAsync($"/survey/{token}")).SubmitAsync(form =>
        {
            SurveyWorld.Fill(form);
            form["Form.ChangedPracticeExample"] = "Canary of the text";
        });
        await (await app.Browse().GetAsync($"/survey/stop/{stop}")).SubmitAsync();

        var lines = string.Join('\n', app.Lines);
        Assert.NotEmpty(app.Lines);
        Assert.All(["Canary of the text", place.Email, "Mia Came", token, stop], secret => Assert.DoesNotContain(secret, lines));
    }
}

using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Surveys;
using Xunit;

namespace TrainingHub.Tests.Surveys;

/// <summary>Delegates who have answered after three months, and the links that they pass on.</summary>
internal sealed partial class ManagerWorld(TestApp app)
{
    public const string Canary = "I ask first, says the delegate";

    private readonly SurveyWorld world = new(app);

    public Task<SurveyInvitation> OwnAsync(Guid invitation) =>
        app.WithAsync((TrainingHubDb db) => db.SurveyInvitations.AsNoTracking().SingleAsync(one => one.Id == invitation, SurveyWorld.Ct));

    public Task<ManagerLink?> AskAsync(Guid invitation) => app.WithAsync((AskManager ask) => ask.RunAsync(invitation, byEmail: false, SurveyWorld.Ct));

    public async Task<Guid> OneLinkLeftAsync()
    {
        var (_, invitation, _, _) = await AnsweredAsync();
        for (var link = 1; link < AskManager.MostLinks; link++)
        {
            Assert.NotNull(await AskAsync(invitation));
        }

        return invitation;
    }

    public Task<long> LinksAsync() => world.CountAsync("secret_links where subject_id = (select id from survey_invitations where moment = 'Manager')");

    public async Task<long> StoredAsync() =>
        await world.CountAsync("survey_invitations") + await world.CountAsync("secret_links") + await world.CountAsync("outgoing_emails") + await world.CountAsync("survey_responses");

    /// <summary>A delegate who has answered some days after the invitation, and the page that thanks them.</summary>
    public async Task<(AttendedPlace Place, Guid Invitation, TestBrowser Browser, TestPage Thanks)> AnsweredAsync()
    {
        var (place, invitation, token, _) = await world.InvitedAsync();
        app.Clock.Advance(TimeSpan.FromDays(3));
        var browser = app.Browse();
        var thanks = await (await browser.GetAsync($"/survey/{token}")).SubmitAsync(form =>
        {
            SurveyWorld.Fill(form);
            form["Form.ChangedPracticeExample"] = Canary;
        });
        return (place, invitation, browser, thanks);
    }

    /// <summary>The path of the link that the page shows.</summary>
    public static async Task<string> LinkAsync(TestPage thanks, bool byEmail = false) =>
        PathIn(await (await thanks.FollowAsync("Get a link for your manager")).SubmitAsync(form =>
        {
            if (byEmail)
            {
                form["ByEmail"] = "true";
            }
        }));

    public static string PathIn(TestPage shown) => new Uri(Links().Match(shown.Main).Value).AbsolutePath;

    public async Task<TestPage> AnswerAsync(string path, string change, string example) => await (await app.Browse().GetAsync(path)).SubmitAsync(form =>
    {
        form["Form.ChangeSeen"] = form.ValueOf(change);
        form["Form.ChangeSeenExample"] = example;
        form["Form.SupportGiven"] = form.ValueOf("Time to try it out");
    });

    [GeneratedRegex(@"https://localhost/survey/\S+")]
    public static partial Regex Links();
}

using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace TrainingHub.Tests.People;

/// <summary>What the provider gives for this site alone stands nowhere in the clear.</summary>
public sealed class WorkAccountSecretsTests(WorkAccountBench app) : IClassFixture<WorkAccountBench>
{
    // Every signed token begins so: {"alg":" in base64.
    private const string AnyToken = "eyJhbGciOi";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Secrets_OfWhateverWorksOrFails_StandInNoTableLogOrHistory()
    {
        var (browser, person) = (app.Work(), await app.Provider.AddAsync("coordinators"));
        var back = await browser.AtProviderAsync(await browser.StartAsync("/sign-in/work-account"), person.Subject);
        await browser.Site.GetAsync(back);
        await browser.Site.GetAsync(back);
        var kept = await app.WithAsync((TrainingHubDb db) => db.StaffSessions.Select(session => session.RefreshToken).SingleAsync(Ct));
        var refreshToken = app.Services.GetRequiredService<IPersonalDataProtector>().Unprotect(kept)!;
        await app.Provider.FaultAsync(new { claims = new { aud = "another" } });
        await app.Work().SignInAsync(person);
        await app.Provider.FaultAsync();
        using var notice = new FormUrlEncodedContent([new("logout_token", await app.Provider.LogoutTokenAsync(new { sub = person.Subject, nonce = "n" }))]);
        await app.CreateClient().PostAsync("/sign-in/work-account/signed-out", notice, Ct);
        string[] secrets = [AnyToken, app.Provider.ClientSecret, refreshToken, QueryHelpers.ParseQuery(back.Split('?', 2)[1])["code"].ToString()];

        var everything = (await RowsAsync()).Concat(app.Log.Lines).ToList();

        Assert.NotEmpty(app.Log.Lines);
        Assert.All(secrets, secret => Assert.True(secret.Length >= AnyToken.Length));
        Assert.All(everything, line => Assert.All(secrets, secret => Assert.DoesNotContain(secret, line, StringComparison.Ordinal)));
    }

    private async Task<List<string>> RowsAsync()
    {
        var rows = new List<string>();
        await using var query = app.Database.CreateCommand(
            """
            select row_to_json(s)::text || encode(s.ticket, 'escape') from staff_sessions s
            union all
            select row_to_json(h)::text from history_entries h
            union all
            select row_to_json(e)::text from outgoing_emails e
            union all
            select row_to_json(t)::text from recent_tries t
            """);
        await using var reader = await query.ExecuteReaderAsync(Ct);
        while (await reader.ReadAsync(Ct))
        {
            rows.Add(reader.GetString(0));
        }

        return rows;
    }
}

using TrainingHub.Portal;
using Xunit;

namespace TrainingHub.Tests.Portal;

/// <summary>Signs in with a code, as somebody does who reads the email.</summary>
internal static class CodeDoor
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <returns>The page that takes the code.</returns>
    public static async Task<TestPage> AskAsync(this TestApp app, string email, TestBrowser? browser = null)
    {
        // So that the newest of several emails is known.
        app.Clock.Advance(TimeSpan.FromMilliseconds(1));
        return await (await (browser ?? app.Browse()).GetAsync(PortalUrls.SignIn)).SubmitAsync(form => form["Email"] = email);
    }

    /// <summary>The code in the newest email to the address that was not sent yet.</summary>
    public static async Task<string> CodeAsync(this TestApp app, string email)
    {
        await using var read = app.Database.CreateCommand(
            "select model ->> 'Code' from outgoing_emails where kind = 'sign-in-code' and lower(to_address) = lower($1) order by created_at desc, id desc limit 1");
        read.Parameters.AddWithValue(email);
        return (string)(await read.ExecuteScalarAsync(Ct))!;
    }

    /// <returns>The first page that is shown then.</returns>
    public static async Task<TestPage> SignInByCodeAsync(this TestApp app, string email, TestBrowser? browser = null)
    {
        var page = await app.AskAsync(email, browser);
        var code = await app.CodeAsync(email);
        return await page.SubmitAsync(form => form["Code"] = code);
    }
}

using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform;
using Xunit;

namespace TrainingHub.Tests.People;

/// <summary>The demonstration with second factors required, as they are everywhere else.</summary>
public sealed class FactorBench(TestDatabase databases) : TestApp(databases, DemoEnvironment.Name, "Staff:SecondFactor", nameof(SecondFactorRule.Required))
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <returns>Somebody who has set up an app and is signed in.</returns>
    internal async Task<Enrolled> EnrolAsync()
    {
        var (email, browser) = (await this.AddStaffAsync(), Browse());
        var setUp = await browser.SignInAsync(email, StaffDoor.Password);
        var app = new TestAuthenticator(setUp, Clock);
        return new(email, browser, app, await app.ConfirmAsync(setUp));
    }

    public Task<Guid> IdAsync(string email) => this.WithAsync((TrainingHubDb db) => db.Users.Where(user => user.Email == email).Select(user => user.Id).SingleAsync(Ct));

    internal Task<StaffUser> UserAsync(string email) => this.WithAsync((TrainingHubDb db) => db.Users.AsNoTracking().SingleAsync(user => user.Email == email, Ct));

    /// <summary>Acts and their notes by the alphabet: much happens at the same time of this clock.</summary>
    public async Task<IReadOnlyList<string>> HistoryAsync(Guid id) => (await this.WithAsync((TrainingHubDb db) => db.HistoryEntries
        .Where(entry => entry.RecordType == nameof(StaffUser) && entry.RecordId == id)
        .Select(entry => entry.Note == null ? entry.Act : entry.Act + ": " + entry.Note).ToListAsync(Ct))).Order(StringComparer.Ordinal).ToList();

    /// <summary>What was written to somebody about how they sign in, by the alphabet.</summary>
    public async Task<IReadOnlyList<string>> ToldAsync(string email)
    {
        await using var command = Database.CreateCommand(
            "select coalesce(model ->> 'Change', kind) from outgoing_emails where to_address = $1 and kind in ('staff-sign-in-changed', 'staff-sign-in-reset')");
        command.Parameters.AddWithValue(email);
        await using var reader = await command.ExecuteReaderAsync(Ct);
        var told = new List<string>();
        while (await reader.ReadAsync(Ct))
        {
            told.Add(reader.GetString(0));
        }

        return told.Order(StringComparer.Ordinal).ToList();
    }

    /// <returns>What the page's script asks for: the options and the challenge that belongs to them.</returns>
    public static async Task<(JsonNode Options, string Challenge)> AskAsync(TestPage page, string name = "")
    {
        var form = page.Find("form[data-passkey]");
        var fields = new List<KeyValuePair<string, string>> { new("__RequestVerificationToken", form.QuerySelector("[name=__RequestVerificationToken]")!.GetAttribute("value")!), new("Form.Name", name) };
        var answer = await page.Browser.PostAsync(form.GetAttribute("data-passkey")!, fields);
        var read = JsonNode.Parse(answer.Text)!;
        return (read["options"]!, (string)read["challenge"]!);
    }
}

/// <param name="Codes">The page with the recovery codes.</param>
internal sealed record Enrolled(string Email, TestBrowser Browser, TestAuthenticator App, TestPage Codes)
{
    public IReadOnlyList<string> RecoveryCodes => Codes.All(".app-codes li");
}

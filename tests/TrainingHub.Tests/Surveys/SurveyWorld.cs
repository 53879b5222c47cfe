using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TrainingHub.Attendance;
using TrainingHub.Bookings;
using TrainingHub.Catalogue;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Files;
using TrainingHub.Surveys;
using Xunit;

namespace TrainingHub.Tests.Surveys;

internal sealed record AttendedPlace(Guid CourseId, Guid RunId, Guid PlaceId, Guid PersonId, string Email);

/// <summary>Makes delegates who came to a course, and brings their surveys as far as a test needs.</summary>
internal sealed class SurveyWorld(TestApp app)
{
    private static int Number;

    public static int NextNumber() => Interlocked.Increment(ref Number);

    public static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>One delegate, of a number of their own, on a date of their own, on which they were marked.</summary>
    public async Task<AttendedPlace> AttendedAsync(
        DateOnly on, Mark? mark = Mark.Attended, string area = "BCP", bool hasPerson = true, int? who = null, string domain = "example.org", CourseKind kind = CourseKind.Course)
    {
        var number = who ?? NextNumber();
        var course = await app.Given.CourseAsync(kind: kind);
        var run = await app.Given.RunAsync(course.Id, on);
        var someone = new GivenDelegate($"Mia Came {number}") { Email = $"mia{number}@{domain}", Area = area, IsNamed = hasPerson };
        var given = (await app.Given.PlacesAsync(run, someone))[0];
        if (mark is { } marked)
        {
            await app.Given.MarkAsync(given.Place.Id, run.EndsAt, marked);
        }

        return new AttendedPlace(course.Id, run.Id, given.Place.Id, given.Person.Id, given.Person.Email);
    }

    /// <summary>A delegate whose survey was just sent, with the token of the link in the email.</summary>
    public async Task<(AttendedPlace Place, Guid Invitation, string Token, string StopToken)> InvitedAsync(string area = "BCP")
    {
        var place = await AttendedAsync(London.DateOf(app.Clock.Now).AddMonths(-3), area: area);
        await app.RunJobAsync(nameof(ScheduleSurveys));
        await app.RunJobAsync(nameof(SendDueSurveys));
        var invitation = await InvitationAsync(place);
        Assert.Equal(InvitationState.Sent, invitation.State);
        var model = await ScalarAsync<string>($"select model::text from outgoing_emails where to_address = '{place.Email}' order by created_at desc limit 1");
        return (place, invitation.Id, TokenIn(model, "SurveyUrl"), TokenIn(model, "StopUrl"));
    }

    /// <summary>The survey's page as a delegate from that area has it.</summary>
    public async Task<TestPage> OpenAsync(string area = "BCP")
    {
        var (_, _, token, _) = await InvitedAsync(area);
        return await app.Browse().GetAsync($"/survey/{token}");
    }

    /// <summary>Chooses by what a reader sees: very confident, good knowledge, yes, no, two toolkits, yes.</summary>
    public static void Fill(TestForm form)
    {
        form["Form.Confidence"] = form.ValueOf("Very Confident");
        form["Form.Knowledge"] = form.ValueOf("Good Knowledge");
        form["Form.ChangedPractice"] = "yes";
        form["Form.ImpactedFamilies"] = "no";
        form["Form.Toolkits"] = form.ValueOf("Neglect Toolkit");
        form.Tick("Form.Toolkits", form.ValueOf("Domestic Abuse Toolkit"));
        form["Form.Recommend"] = "yes";
    }

    /// <summary>Imports a file of answers, as the staff page and the command line do.</summary>
    public async Task<ImportOutcome> ImportAsync(string file, bool dryRun = false)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(file));
        return await app.WithAsync<ImportSurveyResponses, ImportOutcome>(import => import.RunAsync(stream, dryRun, Ct));
    }

    /// <summary>By which a file names the course and the date of a place.</summary>
    public async Task<(string Course, string Reference)> NamesAsync(AttendedPlace place) => (
        await ScalarAsync<string>($"select title from courses where id = '{place.CourseId}'"),
        await ScalarAsync<string>($"select reference from course_runs where id = '{place.RunId}'"));

    public async Task<SurveyInvitation> InvitationAsync(AttendedPlace place) =>
        await app.WithAsync<TrainingHubDb, SurveyInvitation>(db =>
            db.SurveyInvitations.AsNoTracking().SingleAsync(invitation => invitation.PlaceId == place.PlaceId, Ct));

    public async Task<long> CountAsync(string fromWhere) => await ScalarAsync<long>($"select count(*) from {fromWhere}");

    public async Task<long> EmailsAsync(AttendedPlace place, string kind) =>
        await CountAsync($"outgoing_emails where to_address = '{place.Email}' and kind = '{kind}'");

    /// <summary>As the owner of the tables.</summary>
    public async Task<T> ScalarAsync<T>(string sql)
    {
        await using var command = app.Database.Owner().CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync(Ct) ?? throw new InvalidOperationException("Nothing found: " + sql));
    }

    /// <summary>As the owner of the tables.</summary>
    public async Task DoAsync(string sql)
    {
        await using var command = app.Database.Owner().CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Ct);
    }

    private static string TokenIn(string model, string property)
    {
        using var json = System.Text.Json.JsonDocument.Parse(model);
        return json.RootElement.GetProperty(property).GetString()!.Split('/')[^1];
    }
}

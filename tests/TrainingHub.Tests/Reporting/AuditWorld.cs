using Npgsql;
using TrainingHub.Bookings;
using TrainingHub.Catalogue;
using TrainingHub.Payments;
using TrainingHub.Platform;
using TrainingHub.Surveys;
using Xunit;

namespace TrainingHub.Tests.Reporting;

/// <summary>
/// One of everything, in order: a date four months ago, one booking of one place paid by card, who came, and the survey that was
/// never sent.
/// </summary>
internal sealed class AuditWorld(NpgsqlDataSource database, GivenPlace place, CourseRun run, Payment payment, SurveyInvitation invitation)
    : IAsyncDisposable
{
    private static readonly DateTimeOffset BookedAt = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);

    public NpgsqlDataSource Database => database;

    public Given Given => Of(database);

    public CourseRun Run => run;

    public GivenPlace Place => place;

    public Payment Payment => payment;

    public SurveyInvitation Invitation => invitation;

    public static async Task<AuditWorld> MakeAsync(TestDatabase databases)
    {
        var database = NpgsqlDataSource.Create(await databases.CreateAsync() + ";Pooling=false");
        var given = Of(database);
        var course = await given.CourseAsync("Neglect");
        var run = await given.RunAsync(course.Id, new DateOnly(2026, 7, 1));
        var place = (await given.PlacesAsync(run, new GivenDelegate("A Person") { Method = PaymentMethod.Card, PricePence = 5500 }))[0];
        var payment = await given.PaidAsync(place.Place, 5500, BookedAt);
        await given.MarkAsync(place.Place.Id, run.EndsAt);
        var invitation = await given.MissedInvitationAsync(place.Place.Id, new DateOnly(2026, 10, 1), run.EndsAt.AddDays(1));
        return new AuditWorld(database, place, run, payment, invitation);
    }

    /// <summary>An answer about the course, given the day after the survey was due.</summary>
    public Task<SurveyResponse> AnswerAsync() => Given.ResponseAsync(run.CourseId, invitation.DueOn.AddDays(1));

    /// <summary>Entries of history, in the chain if so wanted.</summary>
    public async Task HistoryAsync(int count, bool linked, int daysEarlier = 0)
    {
        var ct = TestContext.Current.CancellationToken;
        await using (var connection = await database.OpenConnectionAsync(ct))
        {
            await CopyHistory.RunAsync(
                connection,
                Enumerable.Range(1, count).Select(entry => HistoryEntry.New<CourseRun>(
                    run.Id, Actor.CommandLine, "Changed", [new("Room", null, $"Suite {entry}")], BookedAt.AddDays(-daysEarlier).AddMinutes(entry), $"Note {entry}")),
                ct);
        }

        if (linked)
        {
            await ExecuteAsync("select link_history(null)");
        }
    }

    /// <summary>As the owner of the tables.</summary>
    public async Task ExecuteAsync(string sql)
    {
        await using var command = database.Owner().CreateCommand(sql);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();

    private static Given Of(NpgsqlDataSource database) => new(database, new TestClock(), TestContext.Current.CancellationToken);
}

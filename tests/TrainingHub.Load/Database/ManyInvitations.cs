using System.Globalization;
using Npgsql;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Tests;

namespace TrainingHub.Load.Database;

/// <summary>
/// 100,000 people who attended one of 250 past dates three months ago and were sent a survey yesterday. Person N's private link
/// carries the token "bench" + N in 17 digits.
/// </summary>
internal static class ManyInvitations
{
    public const int Count = 100_000;
    public const int Dates = 250;

    public static async Task AddAsync(NpgsqlDataSource database, CancellationToken ct)
    {
        var given = new Given(database, TimeProvider.System, ct);
        var now = TimeProvider.System.GetUtcNow();
        var courses = await Rows.IdsAsync(database, "courses", ct);
        var asked = await given.AskedAsync();
        var (sector, area) = (await given.SectorIdAsync(), await given.AreaIdAsync());
        var today = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero);
        var runs = Enumerable.Range(0, Dates).Select(number => Given.NewRun(
            courses[number % courses.Length], today.AddDays(-92 - (number % 10)).AddHours(10), capacity: Count / Dates, feePence: 0,
            DateOf(number), $"PAST-{number}")).ToList();
        var places = Enumerable.Range(1, Count).Select(number => PlaceOf(number, sector, area, now)).ToList();

        await given.CopyAsync(runs);
        await given.CopyAsync(places.Select(made => made.Person));
        await given.CopyAsync(places.Select(made => made.Booking));
        await given.CopyAsync(places.Select(made => made.Place));
        await given.CountPlacesAsync([.. runs.Select(run => run.Id)]);
        await given.CopyAsync(places.Select(made => Given.NewMark(made.Place.Id, now.AddDays(-92))));
        await given.CopyAsync(places.Select((made, index) => Given.NewSentInvitation(made.Place.Id, asked, now.AddDays(-1), InvitationOf(index + 1))));
        await given.CopyAsync(Enumerable.Range(1, Count).Select(number => Given.NewSurveyLink(InvitationOf(number), TokenOf(number), now)));
        await Rows.TidyAsync(database, ct);
    }

    public static Guid DateOf(int person) => Rows.IdOf(Numbered("bench-past-", person % Dates));

    public static Guid InvitationOf(int person) => Rows.IdOf(Numbered("bench-invitation-", person));

    public static string TokenOf(int person) => "bench" + person.ToString("D17", CultureInfo.InvariantCulture);

    private static GivenPlace PlaceOf(int number, Guid sector, Guid area, DateTimeOffset now)
    {
        var delegated = new GivenDelegate(Numbered("Past ", number)) { Email = Numbered("past", number) + "@bench.example" };
        var person = Given.NewPerson(delegated.Name, delegated.Email, now);
        return Given.NewPlace(DateOf(number), person, delegated, sector, area, now.AddDays(-120));
    }

    private static string Numbered(string name, int number) => string.Create(CultureInfo.InvariantCulture, $"{name}{number}");
}

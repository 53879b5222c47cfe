using System.Globalization;
using Npgsql;
using TrainingHub.Tests;

namespace TrainingHub.Load.Database;

/// <summary>500 free dates with room for everybody, spread over the coming months, of the courses that there are; and 200 schools.</summary>
internal static class ManyDates
{
    public const int Count = 500;
    public const int Schools = 200;

    // Written out it never is part of another number in a page or statement.
    public const int FirstSchool = 7_000_000;

    public static async Task AddAsync(NpgsqlDataSource database, CancellationToken ct)
    {
        var given = new Given(database, TimeProvider.System, ct);
        var courses = await Rows.IdsAsync(database, "courses", ct);
        var today = new DateTimeOffset(TimeProvider.System.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero);
        await given.CopyAsync(Enumerable.Range(1, Count).Select(number => Given.NewRun(
            courses[number % courses.Length], today.AddDays(30 + (number % 200)).AddHours(10), capacity: 500, feePence: 0, IdOf(number), $"BENCH-{number}")));
        await given.CopyAsync(Enumerable.Range(FirstSchool, Schools).Select(number => Given.NewOrganisation($"School {number}")));
        await Rows.TidyAsync(database, ct);
    }

    public static Guid IdOf(int number) => Rows.IdOf(string.Create(CultureInfo.InvariantCulture, $"bench-date-{number}"));
}

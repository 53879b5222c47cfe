using System.Globalization;
using Npgsql;
using TrainingHub.Tests;

namespace TrainingHub.Load.Database;

/// <summary>Free dates with room for everybody, spread over the coming months, of the courses that there are; and 200 schools.</summary>
internal static class ManyDates
{
    public const int Count = 500;
    public const int Schools = 200;

    // Written out it never is part of another number in a page or statement.
    public const int FirstSchool = 7_000_000;

    /// <summary>The dates that bookings are made on, and the schools that make them, unless another benchmark has added them.</summary>
    public static async Task AddAsync(NpgsqlDataSource database, CancellationToken ct)
    {
        if (await Rows.OneAsync<long>(database, $"select count(*) from course_runs where id = '{IdOf(1)}'", ct) > 0)
        {
            return;
        }

        await AddAsync(database, "bench-date", Count, ct);
        var given = new Given(database, TimeProvider.System, ct);
        await given.CopyAsync(Enumerable.Range(FirstSchool, Schools).Select(number => Given.NewOrganisation($"School {number}")));
        await Rows.TidyAsync(database, ct);
    }

    /// <param name="database">The throw-away one.</param>
    /// <param name="name">What their ids and references begin with.</param>
    /// <param name="count">From 1.</param>
    /// <param name="ct">To stop.</param>
    public static async Task AddAsync(NpgsqlDataSource database, string name, int count, CancellationToken ct)
    {
        var given = new Given(database, TimeProvider.System, ct);
        var courses = await Rows.IdsAsync(database, "courses", ct);
        var today = new DateTimeOffset(TimeProvider.System.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero);
        await given.CopyAsync(Enumerable.Range(1, count).Select(number => Given.NewRun(
            courses[number % courses.Length], today.AddDays(30 + (number % 200)).AddHours(10), capacity: 500, feePence: 0, IdOf(name, number), $"{name}-{number}")));
        await Rows.TidyAsync(database, ct);
    }

    /// <summary>Of a date that bookings are made on.</summary>
    public static Guid IdOf(int number) => IdOf("bench-date", number);

    private static Guid IdOf(string name, int number) => Rows.IdOf(string.Create(CultureInfo.InvariantCulture, $"{name}-{number}"));
}

using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;
using TrainingHub.Platform.Data;

namespace TrainingHub.Catalogue;

/// <summary>
/// Puts in the dates of past years, as many and with as many places as published; which course was when is invented. Who came
/// is put in by the rooms that know it. Needs the offer.
/// </summary>
internal sealed class SeedHistory(TrainingHubDb db) : ISeed
{
    private static readonly TimeOnly Start = new(9, 30);
    private static readonly TimeOnly HalfDayEnd = new(12, 30);
    private static readonly TimeOnly FullDayEnd = new(16, 0);

    public static int Order => 22;

    public static bool DemoOnly => true;

    public async Task RunAsync(CancellationToken ct)
    {
        var history = HistoryFile.Read();
        var courses = await db.Courses.AsNoTracking()
            .Where(course => history.CourseWeights.Keys.Contains(course.Slug))
            .ToDictionaryAsync(course => course.Slug, ct);
        foreach (var year in history.Years)
        {
            if (!await db.CourseRuns.AnyAsync(run => run.Reference == ReferenceOf(year, 1), ct))
            {
                db.AddRange(Runs(year, history, courses));
            }
        }

        await db.SaveChangesAsync(ct);
        db.ChangeTracker.Clear();
    }

    private static string ReferenceOf(HistoryFile.Year year, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{year.Prefix}-{number:000}");

    private static IEnumerable<CourseRun> Runs(HistoryFile.Year year, HistoryFile history, Dictionary<string, Course> courses)
    {
        var slugs = InTurn([.. history.CourseWeights.Select(pair => (pair.Key, pair.Value))], year.RunCount);
        var capacities = InTurn([.. year.Runs.Select(runs => (runs.Capacity, runs.Count))], year.RunCount);
        var days = year.Financial.To.DayNumber - year.Financial.From.DayNumber - 10;
        for (var index = 0; index < year.RunCount; index++)
        {
            var course = courses[slugs[index]];
            var date = WorkingDays.OnOrAfter(year.Financial.From.AddDays(index * days / year.RunCount));
            yield return new CourseRun
            {
                Id = Guid.CreateVersion7(),
                Reference = ReferenceOf(year, index + 1),
                CourseId = course.Id,
                StartsAt = London.Instant(date, Start),
                EndsAt = London.Instant(date, course.Length == CourseLength.HalfDay ? HalfDayEnd : FullDayEnd),
                RunsOn = date,
                Slot = RunSlot.Weekday,
                Capacity = capacities[index],
                Delivery = index % 3 == 0 ? DeliveryMode.Online : DeliveryMode.InPerson,
            };
        }
    }

    /// <summary>Deals values out in proportion to their weights, evenly mixed; exact when the weights add up to the count.</summary>
    private static List<T> InTurn<T>(IReadOnlyList<(T Value, int Weight)> values, int count)
    {
        var credit = new int[values.Count];
        var total = values.Sum(value => value.Weight);
        var dealt = new List<T>(count);
        while (dealt.Count < count)
        {
            for (var index = 0; index < credit.Length; index++)
            {
                credit[index] += values[index].Weight;
            }

            var next = Array.IndexOf(credit, credit.Max());
            credit[next] -= total;
            dealt.Add(values[next].Value);
        }

        return dealt;
    }
}

using Npgsql;
using TrainingHub.Surveys;
using TrainingHub.Tests;

namespace TrainingHub.Load.Database;

/// <summary>100,000 answers in one financial year that has no others, over all courses, areas, sectors and answers.</summary>
internal static class ManyAnswers
{
    private const int Count = 100_000;

    public static async Task AddAsync(NpgsqlDataSource database, CancellationToken ct)
    {
        var courses = await Rows.IdsAsync(database, "courses", ct);
        var areas = await Rows.IdsAsync(database, "areas", ct);
        var sectors = await Rows.IdsAsync(database, "sectors", ct);
        var confidence = await Rows.IdsAsync(database, "scale_options where question_key = 'confidence'", ct);
        var knowledge = await Rows.IdsAsync(database, "scale_options where question_key = 'knowledge'", ct);
        var toolkits = await Rows.IdsAsync(database, "toolkits", ct);
        var firstDay = new DateOnly(2031, 4, 1);
        await new Given(database, TimeProvider.System, ct).CopyAsync(Enumerable.Range(1, Count).Select(number => Given.NewResponse(
            courses[number % courses.Length],
            areas[number % areas.Length],
            sectors[number / 3 % sectors.Length],
            firstDay.AddDays(number % 365),
            confidence[number / 5 % confidence.Length],
            knowledge[number / 7 % knowledge.Length],
            ResponseOrigin.Import,
            changedPractice: number % 4 > 0,
            impactedFamilies: number % 3 > 0,
            recommend: number % 20 > 0,
            toolkits: number % 5 > 0 ? [.. toolkits.Skip(number % toolkits.Length).Take(1 + (number % 3))] : [])));
        await Rows.TidyAsync(database, ct);
    }
}

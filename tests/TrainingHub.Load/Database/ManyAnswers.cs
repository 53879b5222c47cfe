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
        var firstDay = new DateOnly(2031, 4, 1);
        var given = new Given(database, TimeProvider.System, ct);
        var asked = await given.AskedAsync();
        var (confidence, knowledge, toolkits) = (LabelsOf("confidence"), LabelsOf("knowledge"), LabelsOf("toolkits"));
        await given.CopyAsync(Enumerable.Range(1, Count).Select(number => Given.NewResponse(
            courses[number % courses.Length],
            areas[number % areas.Length],
            sectors[number / 3 % sectors.Length],
            firstDay.AddDays(number % 365),
            Given.NewAnswers(
                asked,
                [
                    ("confidence", confidence[number / 5 % confidence.Count]),
                    ("knowledge", knowledge[number / 7 % knowledge.Count]),
                    ("changed_practice", number % 4 > 0 ? "Yes" : "No"),
                    ("impacted_families", number % 3 > 0 ? "Yes" : "No"),
                    ("recommend", number % 20 > 0 ? "Yes" : "No"),
                    .. (number % 5 > 0 ? toolkits.Skip(number % toolkits.Count).Take(1 + (number % 3)) : []).Select(toolkit => ("toolkits", toolkit)),
                ]),
            ResponseOrigin.Import)));
        await Rows.TidyAsync(database, ct);

        List<string> LabelsOf(string question) =>
            [.. asked.Questions.Single(one => one.Key == question).Options.Where(option => !option.IsExclusive).Select(option => option.Label)];
    }
}

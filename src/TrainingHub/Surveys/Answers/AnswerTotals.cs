using TrainingHub.Platform;

namespace TrainingHub.Surveys;

internal sealed record SeededAnswer(DateOnly SubmittedOn, string Course, string Sector, IReadOnlyList<(string Question, string Label)> Given);

internal sealed record SeededComment(string Question, string Text);

/// <summary>Totals of one area and year, as a report prints them, from which single answers are made that add up to them. Until: the last day of a year that is not over.</summary>
internal sealed record AnswerTotals(
    string Origin,
    string Area,
    string Year,
    int Responses,
    Dictionary<string, int> Course,
    Dictionary<string, int> Sector,
    Dictionary<string, int> Confidence,
    Dictionary<string, int> Knowledge,
    int ChangedPractice,
    int ImpactedFamilies,
    int Recommend,
    Dictionary<string, int> Toolkits,
    int UsesNone,
    List<SeededComment> Comments,
    DateOnly? Until = null)
{
    public const string Yes = "Yes";
    private const string No = "No";

    /// <summary>
    /// Exactly these totals, the same answers every time. Answers that belong together mostly go together (who is confident has
    /// mostly changed something), days spread over the year (or up to <see cref="Until"/>), and nobody has both a toolkit and "None".
    /// </summary>
    public List<SeededAnswer> Spread()
    {
        var year = FinancialYear.Parse(Year) ?? throw new InvalidOperationException($"{Year} is not a financial year.");
        var days = (Until ?? year.To).DayNumber - year.From.DayNumber + 1;
        var course = Dealt(Course, stride: 5);
        var sector = Dealt(Sector, stride: 7);
        var confidence = Ranked(Confidence, wobble: 11);
        var knowledge = Ranked(Knowledge, wobble: 13);
        var changed = Ranked(YesOf(ChangedPractice), wobble: 17);
        var impacted = Ranked(YesOf(ImpactedFamilies), wobble: 19);
        var recommend = Ranked(YesOf(Recommend), wobble: 3);
        var toolkits = DealtToolkits();
        var answers = new List<SeededAnswer>();
        for (var i = 0; i < Responses; i++)
        {
            // A day that has nothing to do with the rank: the best answers do not all come in March.
            var day = (int)((long)i * 37 % Responses * days / Responses);
            answers.Add(new SeededAnswer(
                year.From.AddDays(day), course[i], sector[i],
                [
                    ("confidence", confidence[i]), ("knowledge", knowledge[i]), ("changed_practice", changed[i]), ("impacted_families", impacted[i]),
                    ("recommend", recommend[i]), .. (toolkits[i].Count > 0 ? toolkits[i] : ["None"]).Select(toolkit => ("toolkits", toolkit)),
                ]));
        }

        return answers;
    }

    private Dictionary<string, int> YesOf(int yes) => new() { [No] = Responses - yes, [Yes] = yes };

    private List<string> Listed(Dictionary<string, int> totals)
    {
        var list = totals.SelectMany(total => Enumerable.Repeat(total.Key, total.Value)).ToList();
        return list.Count == Responses
            ? list
            : throw new InvalidOperationException($"{list.Count} answers for {Responses} responses: {string.Join(", ", totals.Keys)}.");
    }

    /// <summary>Each answer as often as it should be, mixed: the stride has no divisor in common with the number of responses.</summary>
    private List<string> Dealt(Dictionary<string, int> totals, int stride)
    {
        var list = Listed(totals);
        return [.. Enumerable.Range(0, Responses).Select(i => list[i * stride % Responses])];
    }

    /// <summary>The lowest answers to the first responses and so on, with neighbours mixed.</summary>
    private List<string> Ranked(Dictionary<string, int> totals, int wobble)
    {
        var list = Listed(totals);
        var order = Enumerable.Range(0, Responses).OrderBy(i => i + i * wobble * 7 % (Responses / 3)).ToList();
        var ranked = new string[Responses];
        for (var rank = 0; rank < Responses; rank++)
        {
            ranked[order[rank]] = list[rank];
        }

        return [.. ranked];
    }

    /// <summary>Users take turns; no toolkit is dealt twice to one because none has more ticks than there are users.</summary>
    private List<List<string>> DealtToolkits()
    {
        var users = Responses - UsesNone;
        var ticks = Toolkits.SelectMany(total => Enumerable.Repeat(total.Key, total.Value)).ToList();
        if (ticks.Count < users || Toolkits.Values.Max() > users)
        {
            throw new InvalidOperationException($"{ticks.Count} ticks do not fit {users} users.");
        }

        var dealt = Enumerable.Range(0, Responses).Select(_ => new List<string>()).ToList();
        for (var i = 0; i < ticks.Count; i++)
        {
            dealt[UsesNone + (i % users)].Add(ticks[i]);
        }

        return dealt;
    }
}

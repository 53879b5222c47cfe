using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace TrainingHub.Attendance.Pages.Staff;

/// <summary>Reads what a person decided about the names of a report. What they left open stays open.</summary>
internal sealed class ReportDecisions(SealedReport report, IReadOnlyList<ReportChoice> rows, IReadOnlyList<RegisteredDelegate> everybody)
{
    public const string NotADelegate = "none";

    private readonly Dictionary<Guid, RegisteredDelegate> known = everybody.ToDictionary(one => one.PlaceId);

    /// <returns>The marks to set; faults are in the model state, at their fields.</returns>
    public IReadOnlyList<ReportedMark> Read(ModelStateDictionary faults)
    {
        Dictionary<Guid, ReportedMark> marks = [];
        for (var index = 0; index < rows.Count; index++)
        {
            var (choice, row) = (rows[index], report.Rows[index]);
            var people = PeopleOf(choice).Where(known.ContainsKey).ToList();
            // Whoever was proposed and has no mark yet in this form is not decided.
            if (people.Count == 0 || (MarkOf(choice) is null && people is [var one] && row.C is [var proposed] && one == proposed))
            {
                continue;
            }

            if (MarkOf(choice) is not { } mark)
            {
                faults.AddModelError($"Rows[{index}].Mark", $"Choose attended or part for {row.N}");
                continue;
            }

            foreach (var person in people.Where(person => !marks.TryAdd(person, new(person, mark, row.M, row.L, row.E))))
            {
                faults.AddModelError($"Rows[{index}].Who", $"{known[person].NameWords} is chosen twice. Leave one of the two undecided, or give it to somebody else");
            }
        }

        return [.. marks.Values];
    }

    /// <summary>"19 people marked from the Teams report: 17 attended, 2 in part. 3 names were left undecided."</summary>
    public static string Words(SealedReport report, IReadOnlyList<ReportChoice> rows, IReadOnlyList<ReportedMark> marks, IReadOnlyCollection<Guid> set)
    {
        var attended = marks.Count(mark => mark.Mark == Mark.Attended && set.Contains(mark.PlaceId));
        var done = set.Count == 0 ? "No mark was changed" : $"{People(set.Count)} marked from {ReportWords.A(report.Kind)}: {attended} attended, {set.Count - attended} in part";
        var kept = marks.Count - set.Count;
        var open = rows.Where((choice, index) => choice.Who != NotADelegate && !(MarkOf(choice) is not null && PeopleOf(choice).Any())).Count();
        return string.Join(
            ". ",
            new[]
            {
                done,
                kept == 0 ? null : $"{People(kept)} had a mark already, which stays",
                open == 0 ? null : open == 1 ? "1 name was left undecided" : $"{open} names were left undecided",
            }.OfType<string>());
    }

    private static string People(int count) => count == 1 ? "1 person" : $"{count} people";

    private static IEnumerable<Guid> PeopleOf(ReportChoice choice) =>
        (Guid.TryParse(choice.Who, out var one) ? [one] : Array.Empty<Guid>()).Concat(choice.Also).Distinct();

    private static Mark? MarkOf(ReportChoice choice) => choice.Mark switch
    {
        nameof(Mark.Attended) => Mark.Attended,
        nameof(Mark.Part) => Mark.Part,
        _ => null,
    };
}

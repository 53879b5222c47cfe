using System.Text.RegularExpressions;
using TrainingHub.Platform.Files;

namespace TrainingHub.Attendance;

/// <summary>
/// Teams' attendance list of 2020 and 2021: a row for each joining and leaving, taken down during the meeting, sometimes without a heading. Who
/// has not left stayed at least until the last thing in it, so their duration is not known.
/// </summary>
internal sealed partial class ReportEvents
{
    /// <summary>Of a list that has none.</summary>
    public static readonly ReportHeading Heading = new([0], [], 2, -1, -1) { Kind = ReportKind.Teams, Event = 1 };

    private readonly List<(string Name, bool IsJoining, ReportMoment At)> all = [];

    public bool Any => all.Count > 0;

    /// <summary>A row of such a list.</summary>
    public static bool IsEvent(SheetRow row) => row.Cells is [{ IsEmpty: false }, var did, var at, ..]
        && (Joining().IsMatch(did.Words) || Leaving().IsMatch(did.Words)) && ReportMoment.Parse(at.Words) is not null;

    public void Add(SheetRow row, ReportHeading heading)
    {
        string At(int index) => index < row.Cells.Length ? row.Cells[index].Words : "";

        if (At(heading.Names[0]) is { Length: > 0 } name && ReportMoment.Parse(At(heading.Joined)) is { } moment)
        {
            all.Add((name, !Leaving().IsMatch(At(heading.Event)), moment));
        }
    }

    public IReadOnlyList<ReportStay> Stays()
    {
        List<ReportStay> stays = [];
        foreach (var person in all.GroupBy(one => one.Name))
        {
            ReportMoment? joined = null;
            foreach (var (_, isJoining, at) in person)
            {
                if (isJoining)
                {
                    joined ??= at;
                }
                else
                {
                    stays.Add(new(person.Key, [], joined, at, null, IsWhole: false));
                    joined = null;
                }
            }

            if (joined is not null)
            {
                stays.Add(new(person.Key, [], joined, null, null, IsWhole: false));
            }
        }

        return stays;
    }

    [GeneratedRegex("^joined( before)?$", RegexOptions.IgnoreCase)]
    private static partial Regex Joining();

    [GeneratedRegex("^left$", RegexOptions.IgnoreCase)]
    private static partial Regex Leaving();
}

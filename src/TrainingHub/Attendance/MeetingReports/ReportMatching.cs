namespace TrainingHub.Attendance;

/// <summary>
/// Finds the people of a report on the register: by either of their addresses, then by name. Whatever leaves a doubt is asked. An address alone does
/// not make a person, for offices share them.
/// </summary>
internal sealed class ReportMatching
{
    /// <summary>From how many minutes on a late start or an early end is worth noting.</summary>
    private const int WorthNoting = 5;

    private static readonly TimeSpan Punctual = TimeSpan.FromMinutes(15);

    private readonly IReadOnlyList<RegisteredDelegate> everybody;
    private readonly ILookup<string, RegisteredDelegate> byAddress;
    private readonly ILookup<string, RegisteredDelegate> byName;

    public ReportMatching(IReadOnlyList<RegisteredDelegate> everybody)
    {
        this.everybody = everybody;
        byAddress = everybody.Where(one => one.EmailKey is not null).ToLookup(one => one.EmailKey ?? "");
        byName = everybody.Where(one => one.Name is not null).SelectMany(one => ReportName.KeysOf(one.Name ?? "").Select(key => (key, one))).ToLookup(pair => pair.key, pair => pair.one);
    }

    public IReadOnlyList<ProposedRow> Rows(IReadOnlyList<ReportPerson> people, PlannedTime planned, AttendanceOptions rule)
    {
        var isOneClock = IsOneClock(people, planned);
        return [.. people.Select(person => (Person: person, Found: Find(person)))
            .GroupBy(one => one.Found is ([var only], null) ? only.PlaceId : Guid.NewGuid())
            .Select(same => Propose(ReportPerson.Of([.. same.Select(one => one.Person)]), same.First().Found, planned, rule, isOneClock))];
    }

    /// <summary>Those whom no row may be.</summary>
    public IReadOnlyList<RegisteredDelegate> NotIn(IReadOnlyList<ProposedRow> rows)
    {
        var found = rows.SelectMany(row => row.Candidates).Select(one => one.PlaceId).ToHashSet();
        return [.. everybody.Where(one => !found.Contains(one.PlaceId))];
    }

    private (IReadOnlyList<RegisteredDelegate> Candidates, ReportDoubt? Why) Find(ReportPerson person)
    {
        var named = ReportName.KeysIn(person.Name).SelectMany(key => byName[key]).DistinctBy(one => one.PlaceId).ToList();
        var addressed = person.Addresses.SelectMany(address => byAddress[address]).DistinctBy(one => one.PlaceId).ToList();
        var both = addressed.Intersect(named).ToList();
        return (both, addressed, named) switch
        {
            ([var one], _, _) => ([one], null),
            ([_, _, ..], _, _) => (both, ReportDoubt.Several),
            (_, [], []) => ([], ReportDoubt.Unmatched),
            (_, [], [var one]) => ([one], null),
            (_, [var one], []) => ([one], ReportName.ShareWord(one.NameWords, person.Name) ? null : ReportDoubt.OtherName),
            _ => ([.. addressed.Union(named)], ReportDoubt.Several),
        };
    }

    private static ProposedRow Propose(
        ReportPerson person, (IReadOnlyList<RegisteredDelegate> Candidates, ReportDoubt? Why) found, PlannedTime planned, AttendanceOptions rule, bool isOneClock)
    {
        var percent = person.Percent(planned, isOneClock);
        var mark = percent is { } known ? rule.Propose(known) : null;
        // What is only the least that it can be may prove that they came, and not that they left.
        mark = person.IsTwice || (!person.IsComplete && mark != Mark.Attended) ? null : mark;
        var why = found.Why
            ?? (person.IsTwice ? ReportDoubt.Twice : mark is not null ? null : percent is null || !person.IsComplete ? ReportDoubt.Unknown : ReportDoubt.Short);
        var (first, last) = (person.Stays.Min(stay => stay.Joined), person.Stays.Max(stay => stay.Left));
        return new(person, found.Candidates, mark, why)
        {
            Late = isOneClock && first is { } from ? Noted(from - planned.From) : null,
            LeftEarly = isOneClock && last is { } until ? Noted(planned.Until - until) : null,
        };
    }

    private static int? Noted(TimeSpan time) => Math.Round(time.TotalMinutes) is var minutes and >= WorthNoting ? (int)minutes : null;

    /// <summary>
    /// Whether the reports' clock is the course's: somebody was there when it began and somebody when it ended. An organiser abroad has another
    /// clock, and then only durations say something.
    /// </summary>
    private static bool IsOneClock(IReadOnlyList<ReportPerson> people, PlannedTime planned)
    {
        var stays = people.SelectMany(person => person.Stays).ToList();
        return stays.Min(stay => stay.Joined) <= planned.From + Punctual && stays.Max(stay => stay.Left) >= planned.Until - Punctual;
    }
}

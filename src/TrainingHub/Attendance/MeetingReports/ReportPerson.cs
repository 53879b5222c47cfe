using TrainingHub.People;
using TrainingHub.Platform.Email;

namespace TrainingHub.Attendance;

/// <summary>Somebody in the reports of one date, all of their stays together.</summary>
/// <param name="Name">As the report has it.</param>
/// <param name="Stays">In their order.</param>
internal sealed record ReportPerson(string Name, IReadOnlyList<PersonStay> Stays)
{
    /// <summary>A connection that was lost is still there for a while when the next one begins.</summary>
    private static readonly TimeSpan Lingering = TimeSpan.FromMinutes(1);

    /// <summary>Lower case; never shown, stored or logged.</summary>
    public required IReadOnlyList<string> Addresses { get; init; }

    /// <summary>In two places at once: two people, or two devices of one.</summary>
    public bool IsTwice { get; init; }

    /// <summary>Null when nothing is known; when only a part is, the least that it can be.</summary>
    public TimeSpan? Total => IsTwice ? Longest(Stays) : Stays.All(stay => stay.Duration is null) ? null : Sum(Stays, stay => stay.Duration ?? TimeSpan.Zero);

    /// <summary>Whole minutes, halves up.</summary>
    public int? Minutes => Total is { } total ? (int)Math.Round(total.TotalMinutes, MidpointRounding.AwayFromZero) : null;

    public bool IsComplete => Stays.All(stay => stay.Duration is not null);

    /// <summary>How much of the planned time it was, in per cent; null when nothing is known.</summary>
    /// <param name="planned"></param>
    /// <param name="isOneClock">The report's clock is the course's, so that what was before and after does not count.</param>
    public double? Percent(PlannedTime planned, bool isOneClock)
    {
        if (Total is not { } total)
        {
            return null;
        }

        var within = isOneClock && !IsTwice ? Sum(Stays, stay => stay.Within(planned)) : total;
        return 100 * within / planned.Length;
    }

    /// <summary>One person from several of the same name or place on the register.</summary>
    public static ReportPerson Of(IReadOnlyList<ReportPerson> parts) => parts.Count == 1 ? parts[0] : From(
        parts.MaxBy(part => part.Addresses.Count)?.Name ?? parts[0].Name,
        [.. parts.SelectMany(part => part.Stays)], [.. parts.SelectMany(part => part.Addresses).Distinct()]);

    /// <summary>The people of some reports. One row of each that comes twice counts once: the same meeting was read twice.</summary>
    public static IReadOnlyList<ReportPerson> In(IReadOnlyList<MeetingReport> reports, DateOnly day) =>
        [.. reports.SelectMany(report => report.Stays.Where(stay => stay.Joined is not { Dates.Count: > 0 } joined || joined.CanBeOn(day)))
            .Select(stay => (stay.Name, Addresses: (string[])[.. stay.Addresses.Select(EmailAddress.KeyOf).Order()], Stay: PersonStay.Of(stay, day)))
            .GroupBy(row => (PersonKey.NameOf(ReportName.Plain(row.Name) is { Length: > 0 } plain ? plain : row.Name), string.Join(' ', row.Addresses)))
            .Select(rows => From(rows.First().Name, [.. rows.Select(row => row.Stay)], rows.First().Addresses))];

    private static ReportPerson From(string name, IEnumerable<PersonStay> stays, IReadOnlyList<string> addresses)
    {
        List<PersonStay> once = [];
        var (isTwice, until) = (false, (DateTime?)null);
        foreach (var stay in stays.OrderBy(stay => stay.Joined).Where(stay => stay.Joined is null || !once.Contains(stay)))
        {
            isTwice |= stay.Joined < until - Lingering;
            until = until > stay.Left ? until : stay.Left ?? until;
            once.Add(stay);
        }

        return new(name, once) { Addresses = addresses, IsTwice = isTwice };
    }

    private static TimeSpan? Longest(IEnumerable<PersonStay> stays) => stays.Max(stay => stay.Duration);

    private static TimeSpan Sum(IEnumerable<PersonStay> stays, Func<PersonStay, TimeSpan> of) =>
        stays.Aggregate(TimeSpan.Zero, (sum, stay) => sum + of(stay));
}

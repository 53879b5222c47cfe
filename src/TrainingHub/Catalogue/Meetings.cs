using NpgsqlTypes;
using TrainingHub.Platform;

namespace TrainingHub.Catalogue;

/// <summary>One meeting of a date. Instants; it ends after it starts.</summary>
internal readonly record struct Meeting(DateTimeOffset StartsAt, DateTimeOffset EndsAt)
{
    public DateOnly On => London.DateOf(StartsAt);

    public string TimeWords => London.Times(StartsAt, EndsAt);

    public bool Overlaps(Meeting other) => StartsAt < other.EndsAt && other.StartsAt < EndsAt;
}

/// <summary>
/// The meetings of a date that has two or more, in their order and apart from each other. A place is on all of them. A date of one meeting
/// has no such list: its own start and end say it.
/// </summary>
internal sealed class Meetings : IEquatable<Meetings>
{
    public const int Most = 8;

    private Meetings(IReadOnlyList<Meeting> all) => All = all;

    public IReadOnlyList<Meeting> All { get; }

    /// <returns>Null when it is one meeting.</returns>
    /// <exception cref="ArgumentException">They overlap, touch or are not in order.</exception>
    public static Meetings? Of(IReadOnlyList<Meeting> all)
    {
        for (var next = 1; next < all.Count; next++)
        {
            if (all[next].StartsAt <= all[next - 1].EndsAt)
            {
                throw new ArgumentException($"Meeting {next + 1} starts before the one before it is over.", nameof(all));
            }
        }

        return all.Count > 1 ? new(all) : null;
    }

    public static NpgsqlRange<DateTime>[] ToRanges(Meetings meetings) =>
        [.. meetings.All.Select(one => new NpgsqlRange<DateTime>(one.StartsAt.UtcDateTime, true, one.EndsAt.UtcDateTime, false))];

    public static Meetings FromRanges(NpgsqlRange<DateTime>[] ranges) =>
        new([.. ranges.Select(range => new Meeting(new(range.LowerBound), new(range.UpperBound)))]);

    public bool Equals(Meetings? other) => other is not null && All.SequenceEqual(other.All);

    public override bool Equals(object? obj) => Equals(obj as Meetings);

    public override int GetHashCode() => All.Aggregate(0, HashCode.Combine);
}

internal static class MeetingWords
{
    /// <summary>"9:30am to 12:30pm, then Tue 10 Mar and Tue 17 Mar", and each one's times where they differ from the first's.</summary>
    /// <param name="meetings">At least one.</param>
    /// <param name="zone">Said after the first times, such as " UK time"; empty says nothing.</param>
    public static string Times(IReadOnlyList<Meeting> meetings, string zone = "")
    {
        var first = meetings[0];
        if (meetings.Count == 1)
        {
            return first.TimeWords + zone;
        }

        var later = meetings.Skip(1).Select(one => DayOf(one, first) + (one.TimeWords == first.TimeWords ? "" : $" {one.TimeWords}")).ToList();
        var last = later.Count == 1 ? later[0] : $"{string.Join(", ", later.SkipLast(1))} and {later[^1]}";
        return $"{first.TimeWords}{zone}, then {last}";
    }

    /// <summary>The day of one of them; null where there is no other to tell it from.</summary>
    /// <param name="meetings">At least one.</param>
    /// <param name="number">From 1.</param>
    public static DateOnly? DayOf(IReadOnlyList<Meeting> meetings, int number) =>
        meetings.Count == 1 ? null : meetings[Math.Min(number, meetings.Count) - 1].On;

    /// <summary>"Tue 2 Mar, 10am to 11am" of several meetings, the times alone of one.</summary>
    public static string When(DateOnly? day, string times) => day is { } on ? $"{London.ShortWords(on)}, {times}" : times;

    private static string DayOf(Meeting one, Meeting first) =>
        one.On.Year == first.On.Year ? London.ShortWords(one.On) : $"{London.ShortWords(one.On)} {one.On.Year}";
}

namespace TrainingHub.Attendance;

/// <summary>When the course was to be, by the wall clock in London.</summary>
internal readonly record struct PlannedTime(DateTime From, DateTime Until)
{
    public TimeSpan Length => Until - From;

    public TimeSpan Overlap(DateTime from, DateTime until)
    {
        var (start, end) = (from > From ? from : From, until < Until ? until : Until);
        return end > start ? end - start : TimeSpan.Zero;
    }
}

/// <summary>One stay on the day of the course, by the report's clock.</summary>
/// <param name="Joined"></param>
/// <param name="Left">Never before joining; after midnight it is the next day.</param>
/// <param name="Duration">Null is unknown.</param>
internal sealed record PersonStay(DateTime? Joined, DateTime? Left, TimeSpan? Duration)
{
    public static PersonStay Of(ReportStay stay, DateOnly day)
    {
        var (joined, left) = (stay.Joined?.On(day), stay.Left?.On(day));
        left = left < joined ? left.Value.TimeOfDay < joined.Value.TimeOfDay ? joined.Value.Date.AddDays(1) + left.Value.TimeOfDay : joined : left;
        // The times of a single stay say it to the second, where Zoom rounds its minutes up.
        return new(joined, left, !stay.IsWhole && left - joined is { } exact ? exact : stay.Duration);
    }

    /// <summary>Of the planned time.</summary>
    public TimeSpan Within(PlannedTime planned)
    {
        if (Duration is not { } duration || Joined is not { } joined)
        {
            return Duration ?? TimeSpan.Zero;
        }

        var overlap = planned.Overlap(joined, Left ?? joined + duration);
        return overlap < duration ? overlap : duration;
    }
}

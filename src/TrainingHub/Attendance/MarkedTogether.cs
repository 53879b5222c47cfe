namespace TrainingHub.Attendance;

/// <summary>The marks that somebody set in one act, by which they have the same instant: all at once, or from a report.</summary>
internal sealed record MarkedTogether(DateTimeOffset At, int Count, ReportKind? ReadFrom)
{
    /// <returns>The last act of this person on a register that set several marks, or any from a report; null when none can be undone.</returns>
    public static MarkedTogether? Last(IEnumerable<LineMark?> marks, Guid by, DateTimeOffset now) =>
        marks.OfType<LineMark>().Where(mark => mark.ById == by && now - mark.At <= UndoMarks.Offered)
            .GroupBy(mark => mark.At)
            .Where(act => act.Count() > 1 || act.First().ReadFrom is not null)
            .OrderByDescending(act => act.Key)
            .Select(act => new MarkedTogether(act.Key, act.Count(), act.First().ReadFrom))
            .FirstOrDefault();
}

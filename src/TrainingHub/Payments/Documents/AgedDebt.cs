namespace TrainingHub.Payments;

/// <summary>What is open of invoices by how long it has been due, in pence. The day on which it is due counts as not due.</summary>
internal readonly record struct AgedDebt(int NotDue, int To30, int To60, int To90, int Over90)
{
    public int Total => checked(NotDue + To30 + To60 + To90 + Over90);

    /// <summary>In the order of their age, as headings name them.</summary>
    public IReadOnlyList<int> Bands => [NotDue, To30, To60, To90, Over90];

    public static AgedDebt operator +(AgedDebt left, AgedDebt right) => new(
        left.NotDue + right.NotDue, left.To30 + right.To30, left.To60 + right.To60, left.To90 + right.To90, left.Over90 + right.Over90);

    public static AgedDebt Of(int openPence, DateOnly dueOn, DateOnly today) => (today.DayNumber - dueOn.DayNumber) switch
    {
        <= 0 => new(openPence, 0, 0, 0, 0),
        <= 30 => new(0, openPence, 0, 0, 0),
        <= 60 => new(0, 0, openPence, 0, 0),
        <= 90 => new(0, 0, 0, openPence, 0),
        _ => new(0, 0, 0, 0, openPence),
    };

    public static AgedDebt Sum(IEnumerable<AgedDebt> parts) => parts.Aggregate(default(AgedDebt), (sum, part) => sum + part);
}

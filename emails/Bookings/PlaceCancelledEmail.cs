namespace TrainingHub.Emails;

/// <summary>To the booker: some places of the booking are cancelled, the others stay booked.</summary>
/// <param name="BookerName">Who booked.</param>
/// <param name="Reference">The booking's reference.</param>
/// <param name="Date">The course and its date.</param>
/// <param name="DelegateName">Whose place is cancelled.</param>
/// <param name="StillBooked">The names that keep their places.</param>
/// <param name="Money">What happens to the money, as a sentence; null when none was due.</param>
/// <param name="ManageUrl">The private link.</param>
/// <param name="Cancelled">When the order has several dates: those with whose places are cancelled. Null: the one place of DelegateName.</param>
/// <param name="Kept">When the order has several dates: those that stay booked, and for whom. Null: those of StillBooked, on the same date.</param>
/// <param name="GivenUpBy">The delegate who cannot come and gave the place up; null when the booker cancelled.</param>
public sealed record PlaceCancelledEmail(
    string BookerName,
    string Reference,
    CourseDate Date,
    string DelegateName,
    IReadOnlyList<string> StillBooked,
    string? Money,
    string ManageUrl,
    IReadOnlyList<OrderDate>? Cancelled = null,
    IReadOnlyList<OrderDate>? Kept = null,
    string? GivenUpBy = null) : IEmailMessage
{
    /// <summary>How many places are cancelled.</summary>
    public int Count => Cancelled?.Sum(date => date.People.Count) ?? 1;

    /// <summary>On how many dates the order has no place any more.</summary>
    public int DatesGone => Cancelled?.Count(date => Kept?.Any(kept => kept.Date == date.Date) != true) ?? 0;

    public string Subject => Count == 1 ? $"One place cancelled: {Date.Course} ({Reference})" : $"{Count} places cancelled: {OrderTitle.Of(Date, Cancelled)} ({Reference})";
}

namespace TrainingHub.Emails;

/// <summary>A date that somebody is booked on has another time or place, or the booker has chosen another date.</summary>
/// <param name="Name">Who is written to: the booker, or a delegate.</param>
/// <param name="Reference">The booking's reference, for the booker; null for a delegate.</param>
/// <param name="Was">As it was told before.</param>
/// <param name="Date">As it is now.</param>
/// <param name="Delegates">Who is booked on it, for the booker; none for a delegate.</param>
/// <param name="Reason">Why the partnership changed it, as a sentence; null when it does not say.</param>
/// <param name="ChosenBy">The booker, who chose this date in place of the other; null when the partnership changed it.</param>
/// <param name="CanChoose">Whether the booker may choose another date instead.</param>
/// <param name="Url">The private link, for the booker; the date's page, for a delegate.</param>
/// <param name="CalendarUrl">The changed calendar file; null where there is none.</param>
/// <param name="IsOnePlace">The date stands; staff have moved one person's place to another. The delegate's link opens their own page then.</param>
/// <param name="Price">That the price has changed, as a sentence; null when it has not.</param>
/// <param name="Ended">Which places of the booking have ended instead, and what becomes of their money, as sentences; null when none has.</param>
public sealed record DateMovedEmail(
    string Name,
    string? Reference,
    CourseDate Was,
    CourseDate Date,
    IReadOnlyList<string> Delegates,
    string? Reason,
    string? ChosenBy,
    bool CanChoose,
    string Url,
    string? CalendarUrl = null,
    bool IsOnePlace = false,
    string? Price = null,
    string? Ended = null) : IEmailMessage
{
    public bool IsToBooker => Reference is not null;

    public string Subject => Reference is { } reference ? $"{KeptSubject} ({reference})" : $"{Name}, {char.ToLowerInvariant(KeptSubject[0])}{KeptSubject[1..]}";

    public string KeptSubject => $"{What}: {OrderTitle.Of(Date, null)}, {Date.When}";

    /// <summary>What is new, in the words of the subject.</summary>
    public string What => (Was.When != Date.When, Was.Where != Date.Where) switch
    {
        (true, true) => "New date and place",
        (false, true) => "New place",
        (true, false) or (false, false) => "New date",
    };
}

namespace TrainingHub.Emails;

/// <summary>To somebody on a waiting list whose offer has ended: not answered in time, or taken back by staff.</summary>
/// <param name="Name">Who waited.</param>
/// <param name="Date">The course and its date.</param>
/// <param name="IsWithdrawn">Staff took it back: they keep their place in the order. Else they are off the list.</param>
/// <param name="OtherDatesUrl">The course page with its other dates.</param>
/// <param name="PageUrl">Their own page.</param>
public sealed record WaitingOfferEndedEmail(string Name, CourseDate Date, bool IsWithdrawn, string OtherDatesUrl, string PageUrl) : IEmailMessage
{
    public string Subject => $"{Name}, {What}: {Date.Course}";

    public string KeptSubject => $"{char.ToUpperInvariant(What[0])}{What[1..]}: {Date.Course}";

    private string What => IsWithdrawn ? "we have taken back an offer" : "your offer has ended";
}

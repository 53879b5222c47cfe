namespace TrainingHub.Emails;

/// <summary>To the booker, before the last day to name people for places that were booked without a name.</summary>
/// <param name="BookerName">Who booked.</param>
/// <param name="Reference">The booking's reference.</param>
/// <param name="Dates">Each date with such places; its people say until when they are to be named.</param>
/// <param name="LastDay">The first of the last days, such as "Tuesday 12 January 2027".</param>
/// <param name="NamesUrl">The private link to the page where people are named.</param>
public sealed record NamesWantedEmail(
    string BookerName,
    string Reference,
    IReadOnlyList<OrderDate> Dates,
    string LastDay,
    string NamesUrl) : IEmailMessage
{
    public string Subject => $"Tell us who is coming by {LastDay} ({Reference})";
}

namespace TrainingHub.Emails;

/// <summary>To the booker: people have been named for places that were booked without a name.</summary>
/// <param name="BookerName">Who booked.</param>
/// <param name="Reference">The booking's reference.</param>
/// <param name="Dates">Each date with the people who were named now.</param>
/// <param name="ManageUrl">The private link.</param>
/// <param name="AreTold">Whether the people have an email about their place; they get it with the confirmation otherwise.</param>
public sealed record PlacesNamedEmail(
    string BookerName,
    string Reference,
    IReadOnlyList<OrderDate> Dates,
    string ManageUrl,
    bool AreTold) : IEmailMessage
{
    public string Subject => $"People named: {OrderTitle.Of(Dates[0].Date, Dates)} ({Reference})";
}

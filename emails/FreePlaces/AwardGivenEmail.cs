namespace TrainingHub.Emails;

/// <summary>To who applied without a booking: the organisation has free places for the year.</summary>
/// <param name="Name">Who applied.</param>
/// <param name="Award">What it has.</param>
public sealed record AwardGivenEmail(string Name, AwardToUse Award) : IEmailMessage
{
    public string Subject => "Your organisation has free places";
}

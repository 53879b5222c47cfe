namespace TrainingHub.Emails;

/// <summary>To who applied for free places without a booking: it has arrived, and by when it is decided.</summary>
/// <param name="Name">Who applied.</param>
/// <param name="Organisation">For which organisation.</param>
/// <param name="Files">How many files came with it.</param>
/// <param name="DecideOn">The last day to decide, such as "14 December 2026".</param>
/// <param name="Url">The private link, where more can be added.</param>
public sealed record ApplicationReceivedEmail(string Name, string Organisation, int Files, string DecideOn, string Url) : IEmailMessage
{
    public string Subject => "We have your application for free places";
}

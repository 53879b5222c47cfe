namespace TrainingHub.Emails;

/// <summary>To whoever asked for a code. It is the key itself, so nothing of it is kept once it is sent, and staff never see it.</summary>
/// <param name="Code">"K7M2 P9QX".</param>
/// <param name="Until">The time of day at which it stops working, in words.</param>
/// <param name="AskUrl">Where to ask for another.</param>
public sealed record SignInCodeEmail(string Code, string Until, string AskUrl) : IEmailMessage
{
    public string Subject => "Your code to see your bookings";
}

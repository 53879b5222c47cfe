namespace TrainingHub.Emails;

/// <summary>To somebody who asked about their data: that it takes longer, and why.</summary>
/// <param name="Name">Who asked.</param>
/// <param name="Reference">Of the request.</param>
/// <param name="Due">The new day, such as "27 May 2027".</param>
/// <param name="Reason">In the words of staff.</param>
/// <param name="What">"request" or "complaint".</param>
public sealed record DataRequestExtendedEmail(string Name, string Reference, string Due, string Reason, string What = "request") : IEmailMessage
{
    public string Subject => $"Your {What} {Reference} about your data takes longer";
}

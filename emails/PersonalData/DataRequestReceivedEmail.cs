namespace TrainingHub.Emails;

/// <summary>To somebody who asked about their data: that it came, and until when it is answered.</summary>
/// <param name="Name">Who asked.</param>
/// <param name="What">"a copy of your data".</param>
/// <param name="Reference">Of the request.</param>
/// <param name="Due">"27 March 2027".</param>
public sealed record DataRequestReceivedEmail(string Name, string What, string Reference, string Due) : IEmailMessage
{
    public string Subject => $"We have your request {Reference} about your data";
}

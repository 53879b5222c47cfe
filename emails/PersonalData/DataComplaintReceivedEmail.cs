namespace TrainingHub.Emails;

/// <summary>To somebody who complains about how data is handled: that it came, and until when it is answered. Not what they wrote: anybody can type an address.</summary>
/// <param name="Name">Who complains.</param>
/// <param name="Reference">Of the complaint.</param>
/// <param name="Received">"27 March 2027".</param>
/// <param name="Due">"26 April 2027".</param>
public sealed record DataComplaintReceivedEmail(string Name, string Reference, string Received, string Due) : IEmailMessage
{
    public string Subject => $"We have your complaint {Reference}";
}

namespace TrainingHub.Emails;

/// <summary>To whoever answers for data protection: that somebody complained by the public form. Who and of what stands on the page alone.</summary>
/// <param name="Reference">Of the complaint.</param>
/// <param name="Due">"26 April 2027".</param>
/// <param name="Url">Where it is read and answered.</param>
public sealed record DataComplaintArrivedEmail(string Reference, string Due, string Url) : IEmailMessage
{
    public string Subject => $"A complaint about personal data came: {Reference}";
}

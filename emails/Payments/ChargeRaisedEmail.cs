namespace TrainingHub.Emails;

/// <summary>To whoever pays: staff have raised a charge for a place that was not used.</summary>
/// <param name="RecipientName">The booker or the finance contact.</param>
/// <param name="Reference">The booking's reference.</param>
/// <param name="Date">The course and its date.</param>
/// <param name="DelegateName">Whose place it was; empty when the name is not kept.</param>
/// <param name="Sum">Such as "£25".</param>
/// <param name="Why">What happened, as a sentence.</param>
/// <param name="Policy">The policy that was accepted, a sentence each.</param>
/// <param name="WaivedFor">Reasons for which a charge can be waived.</param>
/// <param name="ContactEmail">Where to object.</param>
/// <param name="ContactPhone">The same by telephone.</param>
public sealed record ChargeRaisedEmail(
    string RecipientName,
    string Reference,
    CourseDate Date,
    string DelegateName,
    string Sum,
    string Why,
    IReadOnlyList<string> Policy,
    IReadOnlyList<string> WaivedFor,
    string ContactEmail,
    string ContactPhone) : IEmailMessage
{
    public string Subject => $"A charge of {Sum}: {Date.Course} ({Reference})";
}

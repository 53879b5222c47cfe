namespace TrainingHub.Emails;

/// <summary>To a delegate who asked for it: a link to pass on to their manager.</summary>
/// <param name="DelegateName">Who attended.</param>
/// <param name="Course">The course's name.</param>
/// <param name="AttendedOn">Such as "27 March 2027".</param>
/// <param name="ManagerUrl">The private link, for the manager.</param>
/// <param name="ClosesOn">The last day, such as "8 August 2027".</param>
public sealed record ManagerLinkEmail(string DelegateName, string Course, string AttendedOn, string ManagerUrl, string ClosesOn) : IEmailMessage
{
    public string Subject => $"{DelegateName}, a link for your manager: {Course}";

    public string KeptSubject => $"A link for your manager: {Course}";
}

namespace TrainingHub.Emails;

/// <summary>To whoever pays: a charge of which they were told is waived or withdrawn.</summary>
/// <param name="RecipientName">The booker or the finance contact.</param>
/// <param name="Reference">The booking's reference.</param>
/// <param name="Date">The course and its date.</param>
/// <param name="DelegateName">Whose place it was; empty when the name is not kept.</param>
/// <param name="Sum">Such as "£25".</param>
/// <param name="IsPaidByCard">It was paid by card, so it goes back by itself.</param>
public sealed record ChargeGoneEmail(
    string RecipientName, string Reference, CourseDate Date, string DelegateName, string Sum, bool IsPaidByCard) : IEmailMessage
{
    public string Subject => $"You do not owe {Sum}: {Date.Course} ({Reference})";
}

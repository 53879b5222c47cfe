namespace TrainingHub.Emails;

/// <summary>To the applicant: the free places are granted and certain.</summary>
/// <param name="BookerName">Who applied.</param>
/// <param name="Reference">The booking's reference.</param>
/// <param name="Date">The course and its date.</param>
/// <param name="Delegates">Names, in the order of booking.</param>
/// <param name="AccessNeedsGiven">Whether somebody named access needs. The needs themselves are never mailed.</param>
/// <param name="ManageUrl">The private link.</param>
/// <param name="CalendarUrl">The calendar file.</param>
/// <param name="Dates">All dates of the order with who is on which, when there are several; null when there is one.</param>
/// <param name="Policy">The cancellation policy that was accepted, a sentence each; null when none was.</param>
/// <param name="Award">What the organisation can book besides this year; null for an application of before there were awards.</param>
public sealed record FreePlaceApprovedEmail(
    string BookerName,
    string Reference,
    CourseDate Date,
    IReadOnlyList<string> Delegates,
    bool AccessNeedsGiven,
    string ManageUrl,
    string CalendarUrl,
    IReadOnlyList<OrderDate>? Dates = null,
    IReadOnlyList<string>? Policy = null,
    AwardToUse? Award = null) : IEmailMessage
{
    public string Subject => $"Free place approved: {OrderTitle.Of(Date, Dates)} ({Reference})";
}

namespace TrainingHub.Emails;

/// <summary>To who applied without a booking: no free places, why, and what else there is.</summary>
/// <param name="Name">Who applied.</param>
/// <param name="Organisation">For which organisation.</param>
/// <param name="Rule">The rule that is not met, as a sentence; null when the reason says all.</param>
/// <param name="Reason">The coordinator's words, shown as written.</param>
/// <param name="CoursesUrl">All courses.</param>
/// <param name="FreeCoursesUrl">Those that are free for everyone.</param>
/// <param name="ApplyUrl">Where to ask again.</param>
public sealed record ApplicationDeclinedEmail(
    string Name, string Organisation, string? Rule, string Reason, string CoursesUrl, string FreeCoursesUrl, string ApplyUrl) : IEmailMessage
{
    public string Subject => "Your application for free places";
}

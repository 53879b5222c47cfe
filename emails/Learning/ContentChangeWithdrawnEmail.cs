namespace TrainingHub.Emails;

/// <summary>To a provider: a notice is withdrawn.</summary>
/// <param name="Name">The contact, or the provider.</param>
/// <param name="Courses">By title.</param>
/// <param name="SentOn">When the notice was sent, such as "3 March 2027".</param>
/// <param name="Because">The coordinator's reason, shown as written.</param>
/// <param name="AcknowledgedOn">When they acknowledged it; null when they had not.</param>
public sealed record ContentChangeWithdrawnEmail(string Name, IReadOnlyList<string> Courses, string SentOn, string Because, string? AcknowledgedOn) : IEmailMessage
{
    public string Subject => "Withdrawn: a change to your courses";
}

namespace TrainingHub.Emails;

/// <summary>To an address that so many emails were for at once that some were not sent: which, and how to have them.</summary>
/// <param name="Subjects">Of the emails that wait, the earliest first; not all when there are many.</param>
/// <param name="More">How many wait beside these.</param>
/// <param name="SendUrl">The page with the button that sends them.</param>
public sealed record EmailsWithheldEmail(IReadOnlyList<string> Subjects, int More, string SendUrl) : IEmailMessage
{
    public string Subject => Subjects.Count + More == 1 ? "1 more email waits for you" : $"{Subjects.Count + More} more emails wait for you";
}

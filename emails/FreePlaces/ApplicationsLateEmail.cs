namespace TrainingHub.Emails;

/// <summary>To the training team: applications whose promised day is over.</summary>
/// <param name="Applications">One line each.</param>
/// <param name="Url">Where they are decided.</param>
public sealed record ApplicationsLateEmail(IReadOnlyList<string> Applications, string Url) : IEmailMessage
{
    public string Subject => Applications.Count == 1 ? "1 application for a free place is late" : $"{Applications.Count} applications for free places are late";
}

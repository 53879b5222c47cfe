namespace TrainingHub.Emails;

/// <summary>To who applied: a new code for the free places that the organisation has; older ones open nothing any more.</summary>
/// <param name="Name">Who applied.</param>
/// <param name="Award">What it has.</param>
public sealed record AwardCodeEmail(string Name, AwardToUse Award) : IEmailMessage
{
    public string Subject => "A new code for your free places";
}

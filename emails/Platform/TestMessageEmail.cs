namespace TrainingHub.Emails;

/// <summary>To the member of staff who asked for it, to see whether email goes out.</summary>
/// <param name="Name">Whom it is to.</param>
/// <param name="AskedAt">When it was asked for, in words.</param>
public sealed record TestMessageEmail(string Name, string AskedAt) : IEmailMessage
{
    public string Subject => "Test: email from the training site goes out";
}

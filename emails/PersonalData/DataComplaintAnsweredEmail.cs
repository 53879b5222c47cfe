namespace TrainingHub.Emails;

/// <summary>To somebody who complained about how data is handled: what came of it.</summary>
/// <param name="Name">Who complained; null when they were erased meanwhile.</param>
/// <param name="Reference">Of the complaint.</param>
/// <param name="Finding">A sentence: "You are right in part."</param>
/// <param name="Answer">In the words of staff.</param>
public sealed record DataComplaintAnsweredEmail(string? Name, string Reference, string Finding, string Answer) : IEmailMessage
{
    public string Subject => $"Our answer to your complaint {Reference}";
}

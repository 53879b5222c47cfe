namespace TrainingHub.Emails;

/// <summary>To somebody who asked about their data: what was done. The data itself is never in it.</summary>
/// <param name="Name">Who asked; null when they have just been erased.</param>
/// <param name="Reference">Of the request.</param>
/// <param name="Answer">What they are told or were given, in the words of staff.</param>
/// <param name="Gone">What was erased.</param>
/// <param name="Kept">What is kept, why and until when.</param>
public sealed record DataRequestAnsweredEmail(string? Name, string Reference, string Answer, IReadOnlyList<string> Gone, IReadOnlyList<string> Kept) : IEmailMessage
{
    public string Subject => $"Your request {Reference} about your data is answered";
}

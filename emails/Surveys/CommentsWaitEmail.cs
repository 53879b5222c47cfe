namespace TrainingHub.Emails;

/// <summary>To the coordinator, when survey comments have not been read in time. It holds nothing of them.</summary>
/// <param name="Flagged">"2 texts have words of the list"; null when none has.</param>
/// <param name="Others">"5 other texts"; null when there are none.</param>
/// <param name="ReviewUrl">The staff page, which needs a sign-in.</param>
public sealed record CommentsWaitEmail(string? Flagged, string? Others, string ReviewUrl) : IEmailMessage
{
    public string Subject => "Survey comments wait to be read";
}

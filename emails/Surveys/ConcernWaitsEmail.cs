namespace TrainingHub.Emails;

/// <summary>To the deputy, and then to whoever is on call, when nobody has acknowledged a concern in time. It holds nothing of the answer.</summary>
/// <param name="Reference">Names the concern; says nothing about who wrote it.</param>
/// <param name="RaisedAt">Such as "27 March 2027 at 9:30am".</param>
/// <param name="ReviewUrl">The staff page, which needs a sign-in.</param>
/// <param name="NobodyCanOpenIt">No account has the role that opens it.</param>
public sealed record ConcernWaitsEmail(string Reference, string RaisedAt, string ReviewUrl, bool NobodyCanOpenIt) : IEmailMessage
{
    public string Subject => "A safeguarding concern has not been acknowledged";
}

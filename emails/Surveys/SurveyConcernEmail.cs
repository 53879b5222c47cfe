namespace TrainingHub.Emails;

/// <summary>To the safeguarding lead, when staff see a possible concern in a survey answer. It holds nothing of the answer.</summary>
/// <param name="Reference">Finds the answer on the page; says nothing about who wrote it.</param>
/// <param name="RaisedAt">Such as "27 March 2027 at 9:30am".</param>
/// <param name="RaisedBy">The member of staff.</param>
/// <param name="ReviewUrl">The staff page, which needs a sign-in.</param>
/// <param name="NobodyCanOpenIt">No account has the role that opens it.</param>
public sealed record SurveyConcernEmail(string Reference, string RaisedAt, string RaisedBy, string ReviewUrl, bool NobodyCanOpenIt = false) : IEmailMessage
{
    public string Subject => "A survey answer needs a safeguarding decision";
}

namespace TrainingHub.Emails;

/// <summary>To the coordinator who reset how a colleague signs in.</summary>
/// <param name="Name">Whom it is to.</param>
/// <param name="Colleague">Whose account it was.</param>
/// <param name="Site">What the site is called.</param>
/// <param name="At">Such as "27 March 2027 at 9:30am".</param>
public sealed record StaffSignInResetEmail(string Name, string Colleague, string Site, string At) : IEmailMessage
{
    public string Subject => $"You reset how {Colleague} signs in: {Site}";
}

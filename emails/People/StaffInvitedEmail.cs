namespace TrainingHub.Emails;

/// <summary>To a new member of staff: how to sign in for the first time.</summary>
/// <param name="Name">Whom it is to.</param>
/// <param name="OpenedBy">The member of staff who opened the account.</param>
/// <param name="Site">What the site is called.</param>
/// <param name="Url">Where the password is chosen. Works once.</param>
/// <param name="Until">Such as "27 March 2027 at 9:30am".</param>
public sealed record StaffInvitedEmail(string Name, string OpenedBy, string Site, string Url, string Until) : IEmailMessage
{
    public string Subject => $"Your staff account: {Site}";
}

namespace TrainingHub.Emails;

/// <summary>To a member of staff who is to choose a new password.</summary>
/// <param name="Name">Whom it is to.</param>
/// <param name="SentBy">The member of staff who sent it.</param>
/// <param name="Site">What the site is called.</param>
/// <param name="Url">Where the password is chosen. Works once.</param>
/// <param name="Until">Such as "27 March 2027 at 9:30am".</param>
public sealed record StaffPasswordLinkEmail(string Name, string SentBy, string Site, string Url, string Until) : IEmailMessage
{
    public string Subject => $"Choose a new password: {Site}";
}

namespace TrainingHub.Emails;

/// <summary>To a member of staff when what they sign in with has changed, so that nobody changes it behind their back.</summary>
/// <param name="Name">Whom it is to.</param>
/// <param name="Change">What happened.</param>
/// <param name="Passkey">What they call the passkey that it is about.</param>
/// <param name="By">Who did it, when it was not they themselves.</param>
/// <param name="Site">What the site is called.</param>
/// <param name="At">Such as "27 March 2027 at 9:30am".</param>
public sealed record StaffSignInChangedEmail(string Name, SignInChange Change, string? Passkey, string? By, string Site, string At) : IEmailMessage
{
    public string Subject => Change == SignInChange.CodeUsed ? $"A recovery code was used: {Site}" : $"How you sign in has changed: {Site}";
}

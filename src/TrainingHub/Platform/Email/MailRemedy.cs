namespace TrainingHub.Platform.Email;

/// <summary>
/// What a refusal of this site means and what to do, by what was answered. The numbers are Microsoft's
/// (learn.microsoft.com: non-delivery reports of Exchange Online, error codes of Microsoft Entra; November 2026).
/// </summary>
/// <param name="Meaning">Half a sentence, for staff; null when it is not known.</param>
/// <param name="Act">Whom to ask for what.</param>
internal sealed record MailRemedy(string? Meaning, string Act)
{
    public const string OnlyOAuth = "It offers no sign-in by password, only by OAuth";
    public const string NoOAuth = "It offers no sign-in by OAuth (XOAUTH2)";
    public const string TokenRefused = "It refused the token";

    private const string Keeper = "Ask whoever looks after this site to ";
    public const string UseOAuth = Keeper + "set Email:Smtp:OAuth in place of Email:Smtp:Password. The README says how, under Settings.";

    private static readonly MailRemedy NoPassword = new("it no longer takes a password for sending", UseOAuth);

    private static readonly MailRemedy MayNotSendAs = new(
        "the mailbox that signs in may not send under this site’s address",
        "Ask the administrator of Microsoft 365 to let the mailbox in Email:Smtp:User “send as” the address in Email:From. "
        + "If Email:From is not set, it is Site:ContactEmail.");

    private static readonly MailRemedy Unknown = new(
        null,
        Keeper + "check the settings Email:Smtp (address, user and password) and, with the provider of the mail server, whether this site "
        + "may still send by it.");

    // The first whose sign stands in the answer.
    private static readonly IReadOnlyList<(string Sign, MailRemedy Remedy)> Known =
    [
        ("AADSTS7000222:", new(
            "the client secret with which it signs in has expired",
            Keeper + "make a new secret for the app in Microsoft Entra, set Email:Smtp:OAuth:ClientSecret to its value and restart this site.")),
        ("AADSTS7000215:", new(
            "the client secret with which it signs in is not the app’s",
            Keeper + "set Email:Smtp:OAuth:ClientSecret to the secret’s value, which is not the secret’s id, and restart this site.")),
        ("AADSTS700027:", new(
            "the certificate with which it signs in has expired or is not the app’s",
            Keeper + "add the certificate in Email:Smtp:OAuth:CertificatePath to the app in Microsoft Entra, or a new one in both places, "
            + "and restart this site.")),
        ("AADSTS700024:", new("the clock of this site’s server is wrong", Keeper + "set the clock of the server.")),
        ("AADSTS700016:", new(
            "the organisation has no app with the id that is set",
            Keeper + "compare Email:Smtp:OAuth:ClientId and Tenant with the app’s page in Microsoft Entra, and restart this site.")),
        ("AADSTS7000112:", new(
            "the app with which it signs in is disabled", "Ask the administrator of Microsoft 365 to enable the app in Email:Smtp:OAuth:ClientId again.")),
        ("AADSTS90002:", WrongTenant),
        ("AADSTS900023:", WrongTenant),
        ("AADSTS", new(
            "Microsoft does not let the app sign in",
            Keeper + "check the settings Email:Smtp:OAuth with the administrator of Microsoft 365.")),
        (OnlyOAuth, NoPassword),
        (NoOAuth, new(
            "it does not offer the sign-in that is set",
            Keeper + "check Email:Smtp:Host and Port, or to set Email:Smtp:Password in place of Email:Smtp:OAuth.")),
        ("SmtpClientAuthentication is disabled", new(
            "sending by programs is switched off for the mailbox or for the whole organisation",
            "Ask the administrator of Microsoft 365 to switch on “Authenticated SMTP” for the mailbox in Email:Smtp:User.")),
        ("SendAsDenied", MayNotSendAs),
        ("5.2.252", MayNotSendAs),
        ("5.7.60", MayNotSendAs),
        (TokenRefused, new(
            "the app may not send from the mailbox",
            "Ask the administrator of Microsoft 365 to give the app the permission SMTP.SendAsApp with consent, and in Exchange Online "
            + "access to the mailbox in Email:Smtp:User. The README says how, under Settings.")),
        ("5.7.30", NoPassword),
        ("basic authentication is disabled", NoPassword),
        ("5.7.139", new(
            "it does not accept the user and the password, or a rule of the organisation forbids this sign-in",
            Keeper + "check Email:Smtp:User and Password with the administrator of Microsoft 365. Better, to set Email:Smtp:OAuth in place of "
            + "the password.")),
        ("relay", new(
            "it does not pass on email of this site: it does not know the server, or wants it to sign in",
            Keeper + "have the provider of the mail server let this site’s server send by it, or to set Email:Smtp:User and Password.")),
        ("5.7.57", SignInFirst),
        ("authentication required", SignInFirst),
        ("530 ", SignInFirst),
        ("5.7.8 ", WrongPassword),
        ("535", WrongPassword),
        ("took longer than", NoAnswer),
        ("Connection refused", NoAnswer),
        ("Name or service not known", NoAnswer),
        ("SSL or TLS", new(
            "the encrypted connection to it could not be made",
            Keeper + "check Email:Smtp:Port and Encryption, and the mail server’s certificate.")),
    ];

    private static MailRemedy SignInFirst => new(
        "it wants this site to sign in first",
        Keeper + "set Email:Smtp:User with Email:Smtp:Password or Email:Smtp:OAuth.");

    private static MailRemedy WrongPassword => new(
        "it does not accept the user and the password",
        Keeper + "check Email:Smtp:User and Password. With Microsoft 365, to set Email:Smtp:OAuth in place of the password.");

    private static MailRemedy NoAnswer => new(
        "it cannot be reached",
        Keeper + "check Email:Smtp:Host and Port, and whether a firewall is in the way. Emails are tried again by themselves.");

    private static MailRemedy WrongTenant => new(
        "Microsoft does not know the organisation that is set",
        Keeper + "compare Email:Smtp:OAuth:Tenant with the directory’s id in Microsoft Entra, and restart this site.");

    /// <param name="error">What the mail server, or who gives its tokens, answered.</param>
    public static MailRemedy For(string error) =>
        Known.FirstOrDefault(known => error.Contains(known.Sign, StringComparison.OrdinalIgnoreCase)).Remedy ?? Unknown;
}

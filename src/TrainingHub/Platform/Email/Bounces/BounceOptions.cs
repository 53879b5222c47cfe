namespace TrainingHub.Platform.Email;

/// <summary>
/// Section <c>Email:Bounces</c>: the mailbox to which mail servers report what did not arrive, which is that of the sender. Without a
/// host nothing is read, and nothing on this site says that it is.
/// </summary>
internal sealed class BounceOptions
{
    public string Host { get; init; } = "";

    /// <summary>993 for TLS from the first byte (RFC 8314 3.2), 143 for <see cref="SmtpEncryption.StartTls"/>.</summary>
    public int Port { get; init; } = 993;

    public SmtpEncryption Encryption { get; init; } = SmtpEncryption.Implicit;

    public string User { get; init; } = "";

    public string Password { get; init; } = "";

    /// <summary>Instead of a password the token of <c>Email:Smtp:OAuth</c>, whose app needs IMAP.AccessAsApp too.</summary>
    public bool UseOAuth { get; init; }

    public string Folder { get; init; } = "INBOX";

    public int TimeoutSeconds { get; init; } = 20;

    public bool IsSet => Host.Length > 0;

    /// <summary>What is wrong with these settings beside those for sending.</summary>
    public IEnumerable<string> Faults(SmtpOptions smtp)
    {
        if (!IsSet)
        {
            if ((User + Password).Length > 0 || UseOAuth)
            {
                yield return "Email:Bounces:Host is required with the other settings there.";
            }

            yield break;
        }

        if (Port is < 1 or > 65535)
        {
            yield return "Email:Bounces:Port must be from 1 to 65535, usually 993 or 143.";
        }

        if (User.Length == 0)
        {
            yield return "Email:Bounces:User is required: who signs in to the mailbox.";
        }

        if (UseOAuth == (Password.Length > 0))
        {
            yield return "Email:Bounces needs either Password or UseOAuth, and not both.";
        }

        if (UseOAuth && !smtp.OAuth.IsSet)
        {
            yield return "Email:Bounces:UseOAuth needs the settings Email:Smtp:OAuth.";
        }

        if (Folder.Length == 0)
        {
            yield return "Email:Bounces:Folder must name a folder of the mailbox, usually INBOX.";
        }

        if (TimeoutSeconds is < 1 or > 120)
        {
            yield return "Email:Bounces:TimeoutSeconds must be from 1 to 120.";
        }

        if (Port == 993 && Encryption == SmtpEncryption.StartTls)
        {
            yield return "Email:Bounces:Encryption must be Implicit for port 993, where TLS begins at once.";
        }

        if (Encryption == SmtpEncryption.None && !EmailOptionsRules.IsLoopback(Host))
        {
            yield return "Email:Bounces:Encryption None needs a host on this machine, such as 127.0.0.1.";
        }
    }
}

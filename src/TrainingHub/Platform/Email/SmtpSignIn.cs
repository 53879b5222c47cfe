using MailKit.Net.Smtp;
using MailKit.Security;

namespace TrainingHub.Platform.Email;

/// <summary>Connects to the mail server and signs in as its settings say: not at all, by password or by token (SASL XOAUTH2).</summary>
/// <param name="smtp">The settings.</param>
/// <param name="tokens">Null when there is no OAuth.</param>
internal sealed class SmtpSignIn(SmtpOptions smtp, SmtpTokens? tokens)
{
    /// <summary>Throws <see cref="SignInException"/>, or what MailKit throws.</summary>
    public async Task RunAsync(SmtpClient client, CancellationToken ct)
    {
        // Before the connection, which would wait for it.
        var token = tokens is null ? null : await tokens.GetAsync(ct);
        await client.ConnectAsync(smtp.Host, smtp.Port, SecurityOf(smtp.Encryption), ct);
        if (token is not null)
        {
            await ByTokenAsync(client, token, ct);
        }
        else if (smtp.User.Length > 0)
        {
            await ByPasswordAsync(client, ct);
        }
    }

    private async Task ByTokenAsync(SmtpClient client, string token, CancellationToken ct)
    {
        if (!client.AuthenticationMechanisms.Contains("XOAUTH2"))
        {
            throw new SignInException(DeliveryOutcome.RefusesUs, MailRemedy.NoOAuth);
        }

        try
        {
            await client.AuthenticateAsync(new SaslMechanismOAuth2(smtp.User, token), ct);
        }
        catch (AuthenticationException fault)
        {
            tokens!.WasRefused(token);
            throw new SignInException(DeliveryOutcome.RefusesUs, $"{MailRemedy.TokenRefused}: {fault.Message}");
        }
    }

    private async Task ByPasswordAsync(SmtpClient client, CancellationToken ct)
    {
        if (client.AuthenticationMechanisms is { Count: > 0 } offered && offered.All(way => way is "XOAUTH2" or "OAUTHBEARER"))
        {
            throw new SignInException(DeliveryOutcome.RefusesUs, MailRemedy.OnlyOAuth);
        }

        await client.AuthenticateAsync(smtp.User, smtp.Password, ct);
    }

    public static SecureSocketOptions SecurityOf(SmtpEncryption encryption) => encryption switch
    {
        SmtpEncryption.StartTls => SecureSocketOptions.StartTls,
        SmtpEncryption.Implicit => SecureSocketOptions.SslOnConnect,
        SmtpEncryption.None => SecureSocketOptions.None,
    };
}

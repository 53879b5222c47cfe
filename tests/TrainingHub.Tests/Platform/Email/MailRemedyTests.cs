using TrainingHub.Platform.Email;
using Xunit;

namespace TrainingHub.Tests.Platform.Email;

public sealed class MailRemedyTests
{
    [Theory]
    [InlineData("550: 5.7.30 Basic authentication is not supported for Client Submission.", "no longer takes a password", "Email:Smtp:OAuth in place of")]
    [InlineData("535: 5.7.139 Authentication unsuccessful, basic authentication is disabled.", "no longer takes a password", "Email:Smtp:OAuth in place of")]
    [InlineData("535: 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant.", "switched off", "“Authenticated SMTP”")]
    [InlineData("535: 5.7.139 Authentication unsuccessful, the user credentials were incorrect.", "the user and the password", "Email:Smtp:User")]
    [InlineData("550 5.7.60 SMTP; Client does not have permissions to send as this sender", "may not send under this site’s address", "“send as”")]
    [InlineData("554 5.2.252 SendAsDenied; a@x.example not allowed to send as b@x.example", "may not send under this site’s address", "Email:From")]
    [InlineData("It refused the token: 535: 5.7.3 Authentication unsuccessful", "the app may not send from the mailbox", "SMTP.SendAsApp")]
    [InlineData("It refused the token: 535: 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox.", "switched off", "“Authenticated SMTP”")]
    [InlineData("login.example: AADSTS7000222: The provided client secret keys are expired.", "secret with which it signs in has expired", "ClientSecret to its value")]
    [InlineData("login.example: AADSTS7000215: Invalid client secret provided.", "is not the app’s", "not the secret’s id")]
    [InlineData("login.example: AADSTS700027: The certificate is not registered on application.", "the certificate", "CertificatePath")]
    [InlineData("login.example: AADSTS700024: Client assertion is not within its valid time range.", "the clock", "the clock")]
    [InlineData("login.example: AADSTS700016: Application was not found in the directory.", "no app with the id", "ClientId and Tenant")]
    [InlineData("login.example: AADSTS7000112: Application is disabled.", "is disabled", "enable the app")]
    [InlineData("login.example: AADSTS90002: Tenant not found.", "does not know the organisation", "Email:Smtp:OAuth:Tenant")]
    [InlineData("login.example: AADSTS53003: Access has been blocked.", "does not let the app sign in", "Email:Smtp:OAuth")]
    [InlineData("550 5.7.1 Relaying denied", "does not pass on email", "Email:Smtp:User and Password")]
    [InlineData("550 5.7.64 TenantAttribution; Relay Access Denied", "does not pass on email", "let this site’s server send")]
    [InlineData("530 5.7.57 Client not authenticated to send mail", "sign in first", "Email:Smtp:OAuth")]
    [InlineData("535: 5.7.8 Error: authentication failed", "does not accept the user and the password", "Email:Smtp:User and Password")]
    [InlineData("535: 5.7.3 Authentication unsuccessful", "does not accept the user and the password", "Email:Smtp:OAuth")]
    [InlineData("The mail server took longer than 20 seconds.", "cannot be reached", "Email:Smtp:Host")]
    [InlineData("Connection refused", "cannot be reached", "firewall")]
    public void For_WhatIsAnswered_SaysWhatItMeansAndWhatToDo(string answer, string meaning, string act)
    {
        var remedy = MailRemedy.For(answer);

        Assert.Contains(meaning, remedy.Meaning, StringComparison.Ordinal);
        Assert.Contains(act, remedy.Act, StringComparison.Ordinal);
    }

    // 5.7.3 begins other numbers as well.
    [Theory]
    [InlineData("550 5.7.1 Client host blocked by policy")]
    [InlineData("550 5.7.367 Something new")]
    public void For_AnythingElse_SaysTheSettingsToCheck(string answer)
    {
        var remedy = MailRemedy.For(answer);

        Assert.Null(remedy.Meaning);
        Assert.Contains("check the settings Email:Smtp", remedy.Act, StringComparison.Ordinal);
    }

    [Fact]
    public void Words_OfAStop_AreWholeSentences()
    {
        var stop = new MailStop(new(2026, 11, 28, 10, 0, 0, TimeSpan.Zero), "550: 5.7.30 Basic authentication is not supported for Client Submission.");

        Assert.Equal(
            "The mail server does not accept email from this site, since 28 November 2026 at 10am: it no longer takes a password for sending. "
            + "The answer was: “550: 5.7.30 Basic authentication is not supported for Client Submission.” "
            + "Emails wait, and all are sent once it accepts them again. "
            + "Ask whoever looks after this site to set Email:Smtp:OAuth in place of Email:Smtp:Password. The README says how, under Settings.",
            stop.Words);
    }
}

using System.Text;
using MimeKit;

namespace TrainingHub.Tests.Platform.Email;

/// <summary>Reports in the shapes in which mail servers write them.</summary>
internal static class Reports
{
    public static string Postfix(Guid email, string to, string status = "5.1.1", string action = "failed") => Report(
        "postfix", "Undelivered Mail Returned to Sender",
        $"""
        Content-Description: Delivery report
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mx.partnership.example
        X-Postfix-Queue-ID: 4T0abc
        X-Postfix-Sender: rfc822; training@partnership.example

        Final-Recipient: rfc822; {to}
        Original-Recipient: rfc822;{to}
        Action: {action}
        Status: {status}
        Remote-MTA: dns; mx.x.example
        Diagnostic-Code: smtp; 550 {status} <{to}>: Recipient address rejected
        """,
        $"""
        Content-Description: Undelivered Message Headers
        Content-Type: text/rfc822-headers

        {Headers(email, to)}
        """);

    public static string Exchange(Guid email, string to) => Report(
        "exchange", "Undeliverable: You are booked",
        $"""
        Content-Type: message/delivery-status

        Reporting-MTA: dns;AM0PR01MB1234.eurprd01.prod.exchangelabs.com
        Received-From-MTA: dns;partnership.example
        Arrival-Date: Sat, 28 Nov 2026 09:00:00 +0000

        Final-Recipient: rfc822;{to}
        Action: failed
        Status: 5.1.10
        Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup
        """,
        $"""
        Content-Type: message/rfc822

        {Headers(email, to)}
        Content-Type: text/plain; charset=utf-8

        Dear Mia,
        """);

    public static string Gmail(Guid email, string to) => Report(
        "gmail", "Delivery Status Notification (Failure)",
        $"""
        Content-Type: message/delivery-status

        Reporting-MTA: dns; googlemail.com
        Arrival-Date: Sat, 28 Nov 2026 01:00:00 -0800 (PST)
        X-Original-Message-ID: <{email:N}@partnership.example>

        Final-Recipient: rfc822; {to}
        Action: failed
        Status: 5.1.1
        Remote-MTA: dns; gmail-smtp-in.l.google.com. (2a00::1b, the server for the domain x.example.)
        Diagnostic-Code: smtp; 550-5.1.1 The email account that you tried to reach does not exist.
         550 5.1.1 https://support.google.com/mail/?p=NoSuchUser a640c23a - gsmtp
        Last-Attempt-Date: Sat, 28 Nov 2026 01:00:01 -0800 (PST)
        """,
        $"""
        Content-Type: message/rfc822

        {Headers(email, to)}
        """);

    public static string Sendmail(Guid email, string to) => Report(
        "sendmail", "Returned mail: see transcript for details",
        $"""
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mail.old.example
        Received-From-MTA: DNS; partnership.example
        Arrival-Date: Sat, 28 Nov 2026 09:00:00 GMT

        Final-Recipient: RFC822; <{to}>
        Action: failed
        Status: 5.1.1
        Diagnostic-Code: SMTP; 550 5.1.1 User unknown
        """,
        $"""
        Content-Type: message/rfc822

        {Headers(email, to)}
        """);

    public static MimeMessage Parse(string text)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return MimeMessage.Load(stream, TestContextToken);
    }

    private static CancellationToken TestContextToken => Xunit.TestContext.Current.CancellationToken;

    private static string Headers(Guid email, string to) =>
        $"Message-ID: <{email:N}@partnership.example>\nFrom: Exampleshire <training@partnership.example>\nTo: {to}\nSubject: You are booked";

    private static string Report(string server, string subject, string status, string returned) =>
        $"""
        Return-Path: <>
        Message-ID: <{Guid.NewGuid():N}@{server}.example>
        Date: Sat, 28 Nov 2026 09:00:02 +0000
        From: Mail Delivery Subsystem <mailer-daemon@{server}.example>
        To: training@partnership.example
        Subject: {subject}
        Auto-Submitted: auto-replied
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status; boundary="b-{server}"

        --b-{server}
        Content-Type: text/plain; charset=us-ascii

        This is the mail system. Your message could not be delivered.

        --b-{server}
        {status}

        --b-{server}
        {returned}

        --b-{server}--
        """.Replace("\r\n", "\n", StringComparison.Ordinal).Replace("\n", "\r\n", StringComparison.Ordinal);
}

namespace TrainingHub.Emails;

/// <summary>
/// The content of one email, ready to show: dates, prices and names are already formatted by whoever adds it.
/// It is stored as JSON until it is sent. So a new value that older rows lack must be optional.
/// </summary>
public interface IEmailMessage
{
    /// <summary>
    /// One line. What goes to one person names that person, because several may share an address. It is no more private than the
    /// content and kept no longer: once sent, <see cref="KeptSubject"/> takes its place.
    /// </summary>
    string Subject { get; }

    /// <summary>What lists show after the content is gone: the subject without personal data.</summary>
    string KeptSubject => Subject;

    /// <summary>
    /// The https address that stops this kind of email, or null if it cannot be stopped. Mail programs send it a POST with
    /// <c>List-Unsubscribe=One-Click</c> and no cookie (RFC 8058), so it must act on that without an antiforgery token.
    /// </summary>
    string? UnsubscribeUrl => null;
}

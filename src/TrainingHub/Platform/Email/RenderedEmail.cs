namespace TrainingHub.Platform.Email;

/// <summary>An email as it goes out: the row's own facts, and the words in both forms.</summary>
/// <param name="Id">The row's id; the Message-ID comes from it, so a repeat can be recognised.</param>
/// <param name="Kind">A name in the catalogue.</param>
/// <param name="CreatedAt">When the row was added.</param>
/// <param name="To">One valid address.</param>
/// <param name="Subject">One line.</param>
/// <param name="Html">A whole document.</param>
/// <param name="Text">Says everything that the document says.</param>
/// <param name="UnsubscribeUrl">See <see cref="Emails.IEmailMessage.UnsubscribeUrl"/>.</param>
internal sealed record RenderedEmail(
    Guid Id, string Kind, DateTimeOffset CreatedAt, string To, string Subject, string Html, string Text, string? UnsubscribeUrl);

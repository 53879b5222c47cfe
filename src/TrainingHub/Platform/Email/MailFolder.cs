namespace TrainingHub.Platform.Email;

/// <summary>Where emails are written as files when no mail server is set.</summary>
internal sealed record MailFolder(string Path);

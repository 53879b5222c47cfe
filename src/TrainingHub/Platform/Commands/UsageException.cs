namespace TrainingHub.Platform.Commands;

/// <summary>The words after a verb make no sense; the message says which and what is wanted.</summary>
internal sealed class UsageException(string message) : Exception(message);

namespace TrainingHub.Platform.Jobs;

/// <summary>A job could not do its work, in words for staff: what failed, what that means, what to do. The cause is for the log.</summary>
internal sealed class JobFailedException(string words, Exception cause) : Exception(words, cause);

namespace TrainingHub.Platform;

/// <summary>Something that whoever starts the program must mend first: the message says, in one sentence, what to do.</summary>
internal sealed class SetUpException(string message) : Exception(message);

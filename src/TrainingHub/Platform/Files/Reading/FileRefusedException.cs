namespace TrainingHub.Platform.Files;

/// <summary>The file as a whole cannot be read. The message is a sentence for the person who sent it; it never leaves the reader.</summary>
internal sealed class FileRefusedException(string message) : Exception(message)
{
    public const string Damaged = "The file is damaged or was cut off. Open it in the spreadsheet program, save it again and try once more.";
    public const string TooBig = "The file unpacks to more than a file of this kind can hold. Copy the table into a new workbook and try again.";
}

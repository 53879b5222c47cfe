namespace TrainingHub.Platform.Files;

/// <summary>Takes a file in, up to its limit, and reads it by what it is.</summary>
internal static class FileContent
{
    /// <summary>10 MB.</summary>
    public const int MaxBytes = 10 * 1024 * 1024;

    private const string TooLarge = "The file is larger than 10 MB. Split it into smaller files.";

    /// <exception cref="FileRefusedException">It is larger than 10 MB.</exception>
    public static async Task<byte[]> ReadAsync(Stream file, CancellationToken ct)
    {
        using var buffer = new MemoryStream();
        var chunk = new byte[81_920];
        int count;
        while ((count = await file.ReadAsync(chunk, ct)) > 0)
        {
            if (buffer.Length + count > MaxBytes)
            {
                throw new FileRefusedException(TooLarge);
            }

            buffer.Write(chunk, 0, count);
        }

        return buffer.ToArray();
    }

    /// <param name="hasHeader">Whether the first rows of a sheet hold the headings that are looked for.</param>
    /// <exception cref="FileRefusedException">It cannot be read; the message says why.</exception>
    public static ReadFile Parse(byte[] content, Func<IReadOnlyList<SheetRow>, bool> hasHeader)
    {
        if (!FileFormat.IsArchive(content))
        {
            return DelimitedText.Read(content);
        }

        try
        {
            return Workbook.Read(content, hasHeader);
        }
        catch (Exception fault) when (fault is not FileRefusedException)
        {
            // A broken archive breaks in a dozen ways, in the framework's readers and here, and all mean the same to its owner.
            throw new FileRefusedException(FileRefusedException.Damaged);
        }
    }
}

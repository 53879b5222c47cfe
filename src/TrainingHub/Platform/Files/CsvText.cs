using System.Text;

namespace TrainingHub.Platform.Files;

/// <summary>Reads a whole file as strict UTF-8, with or without a byte order mark.</summary>
internal static class CsvText
{
    /// <summary>10 MB.</summary>
    public const int MaxBytes = 10 * 1024 * 1024;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <returns>The text, or null and why it cannot be read.</returns>
    public static async Task<(string? Text, FileError? Error)> ReadAsync(Stream file, CancellationToken ct)
    {
        using var buffer = new MemoryStream();
        var chunk = new byte[81920];
        int count;
        while ((count = await file.ReadAsync(chunk, ct)) > 0)
        {
            if (buffer.Length + count > MaxBytes)
            {
                return (null, new FileError(0, "", "The file is larger than 10 MB. Split it into smaller files."));
            }

            buffer.Write(chunk, 0, count);
        }

        return Decode(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }

    private static (string? Text, FileError? Error) Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith<byte>([0xFF, 0xFE]) || bytes.StartsWith<byte>([0xFE, 0xFF]))
        {
            return (null, NotUtf8(0, "The file is in UTF-16."));
        }

        if (bytes.StartsWith("PK"u8))
        {
            return (null, NotUtf8(0, "This is a spreadsheet or ZIP file, not a CSV file."));
        }

        if (bytes.StartsWith(Encoding.UTF8.Preamble))
        {
            bytes = bytes[3..];
        }

        try
        {
            return (Strict.GetString(bytes), null);
        }
        catch (DecoderFallbackException invalid)
        {
            var row = bytes[..Math.Clamp(invalid.Index, 0, bytes.Length)].Count((byte)'\n') + 1;
            return (null, NotUtf8(row, "There is a letter here that is not in UTF-8."));
        }
    }

    private static FileError NotUtf8(int row, string what) =>
        new(row, "", $"{what} In the spreadsheet choose “Save as” and “CSV UTF-8”.");
}

using TrainingHub.Platform.Files;

namespace TrainingHub.FreePlaces;

/// <summary>A file as a form sends it.</summary>
/// <param name="Name">What the browser calls it; empty for a field that was left empty.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Open">Its content.</param>
internal sealed record SentFile(string Name, long Length, Func<Stream> Open);

/// <summary>The files of a form, read one by one; one of too large a size is not read at all.</summary>
/// <param name="Files">Those that can be kept.</param>
/// <param name="Faults">What is wrong with the others, for the reader.</param>
internal sealed record EvidenceUpload(IReadOnlyList<CheckedFile> Files, IReadOnlyList<string> Faults)
{
    private const int LongestEnding = 8;

    /// <param name="files"></param>
    /// <param name="most">How many may come.</param>
    /// <param name="ct"></param>
    public static async Task<EvidenceUpload> ReadAsync(IEnumerable<SentFile> files, int most, CancellationToken ct)
    {
        var sent = files.Where(file => file.Name.Length > 0).ToList();
        if (sent.Count > most)
        {
            return new([], [most <= 0 ? "Your application has 3 documents already, which is all it can have" : $"Choose {(most == 1 ? "1 file" : $"up to {most} files")}. You chose {sent.Count}"]);
        }

        var (read, faults) = (new List<CheckedFile>(), new List<string>());
        foreach (var file in sent)
        {
            var (kept, refusal) = file.Length > CheckedFile.MostBytes ? (null, CheckedFileRefusal.TooLarge) : CheckedFile.Read(file.Name, await ContentAsync(file, ct));
            if (kept is not null)
            {
                read.Add(kept);
            }
            else if (refusal is { } why)
            {
                faults.Add(CheckedFile.Words(why, CheckedFile.NameOf(file.Name, EndingOf(file.Name))));
            }
        }

        return new(read, faults);
    }

    /// <summary>Browsers send no file twice by themselves: said when something else on the form was wrong.</summary>
    public string ChooseAgain => Files.Count == 1 ? "Choose your document again" : "Choose your documents again";

    private static string EndingOf(string name) => Path.GetExtension(name) is { Length: <= LongestEnding } ending ? ending : "";

    private static async Task<byte[]> ContentAsync(SentFile file, CancellationToken ct)
    {
        var content = new byte[file.Length];
        await using var stream = file.Open();
        await stream.ReadExactlyAsync(content, ct);
        return content;
    }
}

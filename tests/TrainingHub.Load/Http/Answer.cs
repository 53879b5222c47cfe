using System.IO.Compression;

namespace TrainingHub.Load.Http;

/// <summary>One answer. The body is kept as it came and only unpacked when somebody reads it.</summary>
internal sealed record Answer(int Status, string? Location, string? Encoding, byte[] Body)
{
    public string Text()
    {
        using var unpacked = new StreamReader(Unpacked(), System.Text.Encoding.UTF8);
        return unpacked.ReadToEnd();
    }

    private Stream Unpacked() => Encoding switch
    {
        "br" => new BrotliStream(new MemoryStream(Body), CompressionMode.Decompress),
        "gzip" => new GZipStream(new MemoryStream(Body), CompressionMode.Decompress),
        _ => new MemoryStream(Body),
    };

    /// <summary>The value of a hidden field.</summary>
    public string Field(string name)
    {
        var page = Text();
        var input = page.IndexOf($"name=\"{name}\"", StringComparison.Ordinal);
        var value = input < 0 ? -1 : page.IndexOf("value=\"", input, StringComparison.Ordinal);
        return value < 0
            ? throw new InvalidOperationException($"No field {name} in a page that answered {Status}: {page}")
            : page[(value + 7)..page.IndexOf('"', value + 7)];
    }

    public Answer Expect(int status) =>
        Status == status ? this : throw new InvalidOperationException($"{Status} came where {status} was expected, to {Location}: {Text()}");
}

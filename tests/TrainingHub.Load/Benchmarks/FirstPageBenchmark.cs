using System.Text.RegularExpressions;
using TrainingHub.Load.Hosting;
using TrainingHub.Load.Http;

namespace TrainingHub.Load.Benchmarks;

/// <summary>Bytes of the bodies of the home page and of everything that it makes a browser load, compressed; beside it, uncompressed.</summary>
internal static partial class FirstPageBenchmark
{
    private const double Budget = 60 * 1024;

    public static async Task<List<Figure>> RunAsync(Stage stage, CancellationToken ct)
    {
        await stage.AppAsync(ct);
        using var visitor = new Visitor(stage.Settings.Port);
        var page = visitor.Get("/").Expect(200);
        var parts = Loaded().Matches(page.Text()).Select(found => found.Groups["path"].Value).Distinct()
            .Select(path => (Path: path, Answer: visitor.Get(path).Expect(200))).Prepend((Path: "/", Answer: page)).ToList();
        foreach (var (path, answer) in parts)
        {
            Notes.Say($"  {answer.Body.Length,7} of {Unpacked(answer),7} bytes  {path}");
        }

        return [new Figure(
            "first-page", parts.Sum(part => part.Answer.Body.Length), "bytes", "uncompressed", parts.Sum(part => Unpacked(part.Answer)), Target.AtMost(Budget, "bytes"))];
    }

    private static int Unpacked(Answer answer) =>
        answer.Encoding is null ? answer.Body.Length : System.Text.Encoding.UTF8.GetByteCount(answer.Text());

    // Style sheets, icons and the manifest; scripts and pictures. Other links are only followed when somebody clicks.
    [GeneratedRegex("""<link(?=[^>]*\srel="(?:stylesheet|icon|manifest|preload|modulepreload|apple-touch-icon|mask-icon)")[^>]*\shref="(?<path>[^"]+)"|<(?:script|img)[^>]*\ssrc="(?<path>[^"]+)"(?=[\s/>])""")]
    private static partial Regex Loaded();
}

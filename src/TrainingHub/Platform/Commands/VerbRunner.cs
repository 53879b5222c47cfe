namespace TrainingHub.Platform.Commands;

/// <summary>Finds the verb that the first words name and runs it in a scope of its own.</summary>
internal sealed class VerbRunner(IEnumerable<VerbEntry> verbs, IServiceScopeFactory scopes)
{
    private const string BuiltIn = """
          serve [--no-jobs] [--empty] [--fresh] [--Setting=value …]
                                                    web pages, with the jobs inside (what runs without a verb);
                                                    in Demo --empty leaves the demo programme out, --fresh begins anew
          work                                              jobs only
          work --once JOB                                   runs one job once and prints how many rows it handled
          migrate                                           brings the database's schema up to date
          seed                                              puts in the reference lists; in Demo the demo programme too
          help
        """;

    /// <summary>The verb with the longest name that the words begin with, or null.</summary>
    public VerbEntry? Find(string[] words) =>
        verbs.Where(verb => words.Take(verb.Name.Split(' ').Length).SequenceEqual(verb.Name.Split(' ')))
            .MaxBy(verb => verb.Name.Length);

    public async Task<int> RunAsync(VerbEntry verb, string[] words, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        try
        {
            return await verb.RunAsync(scope.ServiceProvider, words[verb.Name.Split(' ').Length..], ct);
        }
        catch (UsageException wrong)
        {
            await Console.Error.WriteLineAsync(wrong.Message);
            await Console.Error.WriteLineAsync($"Usage: TrainingHub {verb.Usage}");
            return 2;
        }
    }

    public string Help() =>
        $"""
        TrainingHub VERB
        {BuiltIn}
        {string.Join(Environment.NewLine, verbs.OrderBy(verb => verb.Name, StringComparer.Ordinal).Select(verb => "  " + verb.Usage))}
        """;
}

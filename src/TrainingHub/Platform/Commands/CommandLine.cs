namespace TrainingHub.Platform.Commands;

/// <summary>
/// What the words of the command line ask for: a verb with its own words, and the settings that go to the configuration.
/// Only serve and work take settings (--Key=value) and flags; every other verb gets its words untouched.
/// </summary>
internal sealed record CommandLine(string Verb, string[] Words, string[] Settings)
{
    private static readonly Dictionary<string, string> Flags = new(StringComparer.Ordinal)
    {
        ["--no-jobs"] = "--Jobs:Enabled=false",
        ["--empty"] = "--Demo:Empty=true",
        ["--fresh"] = "--Demo:Fresh=true",
    };

    /// <summary>Without a verb it is serve. Throws <see cref="UsageException"/> for an option that serve does not know.</summary>
    public static CommandLine Parse(string[] args)
    {
        var words = args is [] || args[0].StartsWith("--", StringComparison.Ordinal) && args[0] != "--help" ? ["serve", .. args] : args;
        return words switch
        {
            ["work", "--once", ..] => new CommandLine("work --once", words, []),
            ["serve" or "work", .. var options] => new CommandLine(words[0], words, [.. options.Select(Setting)]),
            ["--help" or "-h" or "help", ..] => new CommandLine("help", words, []),
            _ => new CommandLine(words[0], words, []),
        };
    }

    private static string Setting(string option) =>
        Flags.TryGetValue(option, out var setting) ? setting
        : option.StartsWith("--", StringComparison.Ordinal) && option.Contains('=', StringComparison.Ordinal) ? option
        : throw new UsageException($"{option} is not an option: give --no-jobs, --empty, --fresh or --Setting=value.");
}

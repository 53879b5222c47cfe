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
    };

    /// <summary>Without a verb it is serve. Throws <see cref="UsageException"/> for an option that serve does not know.</summary>
    public static CommandLine Parse(string[] args)
    {
        var words = args is [] || args[0].StartsWith("--", StringComparison.Ordinal) && args[0] != "--help" ? ["serve", .. args] : args;
        var isHost = words[0] is "serve" || (words[0] is "work" && words is not ["work", "--once", ..]);
        return isHost
            ? new CommandLine(words[0], words, [.. words.Skip(1).Select(Setting)])
            : new CommandLine(words[0] is "--help" or "-h" ? "help" : words[0], words, []);
    }

    private static string Setting(string option) =>
        Flags.TryGetValue(option, out var setting) ? setting
        : option.StartsWith("--", StringComparison.Ordinal) && option.Contains('=', StringComparison.Ordinal) ? option
        : throw new UsageException($"{option} is not an option: give --no-jobs, --empty or --Setting=value.");
}

namespace TrainingHub.Platform.Commands;

/// <summary>
/// Something the program does from the command line. The name is one or two words ("audit", "import programme"); the usage
/// line starts with it. Results go to standard output, everything else to standard error. The exit code is returned: 0 good,
/// 1 not done or something is wrong. For words that make no sense throw <see cref="UsageException"/>: exit code 2.
/// </summary>
internal interface IVerb
{
    static abstract string Name { get; }

    static abstract string Usage { get; }

    /// <summary>Runs with the words that follow the name, after the database was brought up to date.</summary>
    Task<int> RunAsync(string[] args, CancellationToken ct);
}

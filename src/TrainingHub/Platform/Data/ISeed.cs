namespace TrainingHub.Platform.Data;

/// <summary>
/// Data that a new database starts with. Reference lists (<see cref="DemoOnly"/> false) run once for each build of the program, and
/// must change nothing the second time. Demo data run once in the life of a database, in Demo only.
/// </summary>
internal interface ISeed
{
    /// <summary>Lower first: people 100, catalogue 200, and so on along the rooms.</summary>
    int Order { get; }

    bool DemoOnly { get; }

    Task RunAsync(CancellationToken cancellationToken);
}

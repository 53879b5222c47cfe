namespace TrainingHub.Platform;

internal static class DemoEnvironment
{
    public const string Name = "Demo";

    /// <summary>Demo is an environment of its own, beside Development and Production: invented data, a clock that can be moved, no real mail or money.</summary>
    public static bool IsDemo(this IHostEnvironment environment) => environment.IsEnvironment(Name);
}

using System.ComponentModel.DataAnnotations;
using TrainingHub.Platform;

namespace TrainingHub.People;

internal enum SecondFactorRule
{
    /// <summary>Whoever signs in with a password sets up an authenticator app, and is asked for its code.</summary>
    Required,

    /// <summary>Only whoever has set one up is asked for a code.</summary>
    Offered,
}

/// <summary>Section <c>Staff</c>.</summary>
internal sealed class StaffOptions
{
    public const string Section = "Staff";

    /// <summary>After so many minutes without a request a session ends.</summary>
    [Range(5, 60, ErrorMessage = "Staff:IdleMinutes must be 5 to 60.")]
    public int IdleMinutes { get; init; } = 15;

    /// <summary>Unless it is set: required everywhere but in Demo.</summary>
    public SecondFactorRule? SecondFactor { get; init; }

    public bool RequiresSecondFactor(IHostEnvironment environment) =>
        (SecondFactor ?? (environment.IsDemo() ? SecondFactorRule.Offered : SecondFactorRule.Required)) == SecondFactorRule.Required;
}

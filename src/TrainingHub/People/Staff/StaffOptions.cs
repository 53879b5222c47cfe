using System.ComponentModel.DataAnnotations;

namespace TrainingHub.People;

/// <summary>Section <c>Staff</c>.</summary>
internal sealed class StaffOptions
{
    public const string Section = "Staff";

    /// <summary>After so many minutes without a request a session ends.</summary>
    [Range(5, 60, ErrorMessage = "Staff:IdleMinutes must be 5 to 60.")]
    public int IdleMinutes { get; init; } = 15;
}

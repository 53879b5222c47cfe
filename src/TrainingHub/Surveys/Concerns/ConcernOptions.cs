using System.ComponentModel.DataAnnotations;

namespace TrainingHub.Surveys;

/// <summary>Who is told when nobody acknowledges a concern, and after how long: section <c>Concerns</c>. The lead's own address is the site's.</summary>
internal sealed class ConcernOptions
{
    public const string Section = "Concerns";
    public const int MostHours = 24;

    /// <summary>Told second; without it whoever is on call.</summary>
    [EmailAddress]
    public string? DeputyEmail
    {
        get;
        init => field = string.IsNullOrWhiteSpace(value) ? null : value;
    }

    /// <summary>Told last; without it the contact address.</summary>
    [EmailAddress]
    public string? OnCallEmail
    {
        get;
        init => field = string.IsNullOrWhiteSpace(value) ? null : value;
    }

    /// <summary>Hours by the clock that the lead has, and never more than the rest of the working day.</summary>
    [Range(1, MostHours)]
    public int AcknowledgeWithinHours { get; init; } = 4;

    /// <summary>Hours by the clock that the deputy has.</summary>
    [Range(1, MostHours)]
    public int DeputyHours { get; init; } = 1;
}

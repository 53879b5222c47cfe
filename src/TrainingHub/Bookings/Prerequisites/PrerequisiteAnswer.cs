using System.ComponentModel.DataAnnotations;
using TrainingHub.Catalogue;

namespace TrainingHub.Bookings;

/// <summary>What is said of one person and the course to take before.</summary>
internal enum PrerequisiteSaid
{
    [Display(Name = "Yes, with us")]
    WithUs,

    [Display(Name = "Yes, elsewhere")]
    Elsewhere,

    /// <summary>It will be done by then.</summary>
    [Display(Name = "Not yet, but booked on it for an earlier date")]
    BookedBefore,

    [Display(Name = "Not yet")]
    NotYet,
}

/// <summary>
/// What whoever booked said. It is never compared with what the registers say before staff look: a page that did so would tell a stranger what
/// somebody has attended (decision 109).
/// </summary>
/// <param name="CourseId">The course about which was asked.</param>
/// <param name="Said"></param>
/// <param name="Detail">When, or where and when, in their own words; null when not said.</param>
internal sealed record PrerequisiteAnswer(Guid CourseId, PrerequisiteSaid Said, string? Detail)
{
    public const int DetailLength = 120;

    public static PrerequisiteAnswer? Of(Guid? courseId, PrerequisiteSaid? said, string? detail) =>
        courseId is { } course && said is { } answer ? new(course, answer, detail) : null;

    /// <summary>Whether somebody is to come to a date that requires a course which they have not done by then, or of whom nobody said so.</summary>
    public static bool IsMissing(Prerequisite? asked, IEnumerable<Delegate> coming) =>
        asked is not null && coming.Any(person => IsRefused(asked, person.Prerequisite));

    /// <inheritdoc cref="IsMissing"/>
    public static bool IsRefused(Prerequisite asked, PrerequisiteAnswer? answer) =>
        asked.IsRequired && (answer?.CourseId != asked.CourseId || answer.Said == PrerequisiteSaid.NotYet);

    /// <summary>"Yes, elsewhere: Leeds, spring 2024".</summary>
    public string Words => Said switch
    {
        PrerequisiteSaid.WithUs => With("Yes, with us"),
        PrerequisiteSaid.Elsewhere => With("Yes, elsewhere"),
        PrerequisiteSaid.BookedBefore => "Booked on an earlier date",
        PrerequisiteSaid.NotYet => "Not yet",
    };

    private string With(string words) => Detail is null ? words : $"{words}: {Detail}";
}

using System.ComponentModel.DataAnnotations;
using TrainingHub.Catalogue;

namespace TrainingHub.Bookings;

/// <summary>Whether one person has done the course to take before, as it is asked of visitors and of staff.</summary>
internal sealed class PrerequisiteForm
{
    public PrerequisiteSaid? Said { get; set; }

    [Display(Name = "Roughly when? (optional)"), StringLength(PrerequisiteAnswer.DetailLength, ErrorMessage = "What you say of when must be {1} characters or fewer")]
    public string? When { get; set; }

    [Display(Name = "Where, and roughly when?", Description = "For example “Online with another partnership, spring 2024”."), StringLength(PrerequisiteAnswer.DetailLength, ErrorMessage = "What you say of where and when must be {1} characters or fewer")]
    public string? Where { get; set; }

    public static PrerequisiteForm Of(PrerequisiteAnswer? answer) => new()
    {
        Said = answer?.Said,
        When = answer?.Said == PrerequisiteSaid.WithUs ? answer.Detail : null,
        Where = answer?.Said == PrerequisiteSaid.Elsewhere ? answer.Detail : null,
    };

    /// <returns>Null while nothing is chosen.</returns>
    public PrerequisiteAnswer? ToAnswer(Guid courseId) => PrerequisiteAnswer.Of(courseId, Said, Said switch
    {
        PrerequisiteSaid.WithUs => When,
        PrerequisiteSaid.Elsewhere => Where,
        PrerequisiteSaid.BookedBefore or PrerequisiteSaid.NotYet or null => null,
    });

    /// <summary>For visitors: everything must be answered, and where the course is required, answered well.</summary>
    /// <returns>What is wrong, by field.</returns>
    public IEnumerable<(string Field, string Why)> Faults(string name, Prerequisite asked)
    {
        if (Said is null)
        {
            yield return (nameof(Said), $"Say whether {name} has done {asked.Course}");
        }
        else if (PrerequisiteAnswer.IsRefused(asked, ToAnswer(asked.CourseId)))
        {
            yield return (nameof(Said), $"{name} must do {asked.Course} first");
        }

        if (Said == PrerequisiteSaid.Elsewhere && Where is null)
        {
            yield return (nameof(Where), $"Say where and when {name} has done {asked.Course}");
        }
    }
}

using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using TrainingHub.Catalogue;

namespace TrainingHub.Bookings.Pages;

/// <summary>Whether one person has done the course to take before, as it is asked of visitors and of staff.</summary>
internal sealed class PrerequisiteForm
{
    public PrerequisiteSaid? Said { get; set; }

    [Display(Name = "Roughly when? (optional)"), StringLength(PrerequisiteAnswer.DetailLength)]
    public string? When { get; set; }

    [Display(Name = "Where, and roughly when?", Description = "For example “Online with another partnership, spring 2024”."), StringLength(PrerequisiteAnswer.DetailLength)]
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

    /// <summary>What the fields show beside the form.</summary>
    /// <param name="page">The data of the page.</param>
    /// <param name="prefix">Of the names of the fields, such as "Asked[0]".</param>
    /// <param name="name">Of the person; null while nobody is named.</param>
    /// <param name="asked"></param>
    /// <param name="isByStaff">Staff need not ask.</param>
    public static ViewDataDictionary Fields(ViewDataDictionary page, string prefix, string? name, Prerequisite asked, bool isByStaff = false) => new(page)
    {
        TemplateInfo = { HtmlFieldPrefix = prefix },
        ["Name"] = name,
        ["Asked"] = asked,
        ["IsByStaff"] = isByStaff,
    };

    /// <summary>For visitors: everything must be answered, and where the course is required, answered well.</summary>
    /// <param name="state"></param>
    /// <param name="key">Of this form, such as "Asked[0]".</param>
    /// <param name="name">Of the person.</param>
    /// <param name="asked"></param>
    public void Check(ModelStateDictionary state, string key, string name, Prerequisite asked)
    {
        if (Said is null)
        {
            state.AddModelError($"{key}.{nameof(Said)}", $"Say whether {name} has done {asked.Course}");
        }
        else if (PrerequisiteAnswer.IsRefused(asked, ToAnswer(asked.CourseId)))
        {
            state.AddModelError($"{key}.{nameof(Said)}", $"{name} must do {asked.Course} first");
        }

        if (Said == PrerequisiteSaid.Elsewhere && Where is null)
        {
            state.AddModelError($"{key}.{nameof(Where)}", $"Say where and when {name} has done {asked.Course}");
        }
    }
}

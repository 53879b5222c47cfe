using Microsoft.AspNetCore.Mvc;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Surveys.Pages.Staff;

/// <summary>The questions of one version as delegates see them, as wide as a phone. No form: nothing can be sent.</summary>
[ForStaff(StaffRight.Settings)]
internal sealed class PreviewQuestionsModel(TrainingHubDb db) : QuestionsPage(db)
{
    public Questionnaire Asked { get; private set; } = null!;
    public SurveyFields Fields { get; private set; } = null!;

    public IActionResult OnGet(int? version)
    {
        var versions = Edited.Versions;
        if ((version is null ? versions[0] : versions.FirstOrDefault(one => one.Version.Number == version)) is not { } asked)
        {
            return NotFound();
        }

        var form = new SurveyForm();
        (Asked, Fields) = (asked, new(form, form.Shown(asked, Guid.Empty)));
        return Page();
    }
}

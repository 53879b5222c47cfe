using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Learning.Pages.Staff;

/// <summary>Several training needs that say the same become one of them.</summary>
[ForStaff(StaffRight.RunProgramme)]
internal sealed class NeedsMergeModel(TrainingHubDb db, MergeNeeds merge) : TickedNeedsPage(db)
{
    [BindProperty]
    [Display(Name = "Which one stays?", Description = "With its words, its theme and how it stands."), Required(ErrorMessage = "Select which one stays")]
    public Guid? Kept { get; set; }

    public override string DoneWords(int count) => $"{Count(count)} {(count == 1 ? "is" : "are")} one now.";

    protected override void Check()
    {
        if (Ready.Count == 1)
        {
            ModelState.AddModelError(nameof(Kept), "Tick at least two training needs that say the same");
        }
        else if (Kept is { } kept && Ready.All(row => row.Id != kept))
        {
            ModelState.AddModelError(nameof(Kept), "Select which one stays");
        }
    }

    protected override async Task<string?> ActAsync(TickedRow row, CancellationToken ct) => row.Id == Kept ? null
        : await merge.RunAsync(Kept ?? Guid.Empty, row.Id, VersionOf(row), User.Actor(), ct) switch
        {
            MergeNeedResult.Merged => null,
            MergeNeedResult.Gone => "It, or the one that stays, was archived meanwhile",
            MergeNeedResult.ChangedSince => "Somebody else changed it meanwhile",
        };
}

using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Learning.Pages.Staff;

/// <summary>Several actions are given another date, for one reason.</summary>
[ForStaff(StaffRight.RunProgramme)]
internal sealed class ActionsLaterModel(TrainingHubDb db, ActOnAction act, TimeProvider clock) : TickedActionsPage(db, clock)
{
    [BindProperty]
    [Display(Name = "Another date", Description = "For example 27 3 2027."), Required(ErrorMessage = "Enter the day by which they are due now")]
    public DateOnly? On { get; set; }

    [BindProperty]
    [Display(Name = "Why", Description = "It stands in the history of each."), Required(ErrorMessage = "Enter why"), StringLength(LearningAction.BecauseLength, ErrorMessage = "Why must be {1} characters or fewer")]
    public string? Because { get; set; }

    public override string DoneWords(int count) => count == 1 ? "1 action has another date." : $"{count} actions have another date.";

    protected override void Check()
    {
        if (On < Today)
        {
            ModelState.AddModelError(nameof(On), "The day must be today or later");
        }
    }

    protected override async Task<string?> ActAsync(TickedRow row, CancellationToken ct) =>
        WhyNot(await act.ReviseAsync(row.Id, VersionOf(row), On ?? Today, Because ?? "", User.Actor(), ct));
}

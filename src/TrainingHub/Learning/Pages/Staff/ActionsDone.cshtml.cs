using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Learning.Pages.Staff;

/// <summary>Several actions are done, on one day.</summary>
[ForStaff(StaffRight.RunProgramme)]
internal sealed class ActionsDoneModel(TrainingHubDb db, ActOnAction act, TimeProvider clock) : TickedActionsPage(db, clock)
{
    [BindProperty]
    [Display(Name = "Done on", Description = "For example 27 3 2027."), Required(ErrorMessage = "Enter the day on which they were done")]
    public DateOnly? DoneOn { get; set; }

    public override string DoneWords(int count) => count == 1 ? "1 action is done." : $"{count} actions are done.";

    protected override void Propose() => DoneOn = Today;

    protected override void Check()
    {
        if (DoneOn > Today)
        {
            ModelState.AddModelError(nameof(DoneOn), "The day must be today or earlier");
        }
    }

    protected override async Task<string?> ActAsync(TickedRow row, CancellationToken ct) =>
        WhyNot(await act.FinishAsync(row.Id, VersionOf(row), DoneOn ?? Today, User.Actor(), ct));
}

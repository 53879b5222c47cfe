using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Learning.Pages.Staff;

/// <summary>Somebody else answers for several actions. A field that is left empty stays in each as it is.</summary>
[ForStaff(StaffRight.RunProgramme)]
internal sealed class ActionsOwnerModel(TrainingHubDb db, SaveAction save, TimeProvider clock) : TickedActionsPage(db, clock)
{
    /// <summary>No colleague sees to them any more.</summary>
    public const string Nobody = "nobody";

    [BindProperty]
    [Display(Name = "Agency that answers for them (optional)", Description = "Leave it empty to keep each one’s."), StringLength(ActionFacts.AgencyLength, ErrorMessage = "The agency must be {1} characters or fewer")]
    public string? Agency { get; set; }

    [BindProperty]
    [Display(Name = "Who there (optional)", Description = "By role. Leave it empty to keep each one’s."), StringLength(ActionFacts.OwnerLength, ErrorMessage = "The role must be {1} characters or fewer")]
    public string? Role { get; set; }

    [BindProperty]
    [Display(Name = "Colleague who sees to them"), StringLength(50, ErrorMessage = "Select a colleague from the list")]
    public string? Colleague { get; set; }

    public IReadOnlyList<SelectListItem> Colleagues { get; private set; } = [];

    public override string DoneWords(int count) => count == 1 ? "1 action has somebody else who answers for it." : $"{count} actions have somebody else who answers for them.";

    protected override void Check()
    {
        if (Colleague is { } chosen && Colleagues.All(item => item.Value != chosen))
        {
            ModelState.AddModelError(nameof(Colleague), "Select a colleague from the list");
        }
        else if (Agency is null && Role is null && Colleague is null)
        {
            ModelState.AddModelError(nameof(Agency), "Enter an agency or a role, or select a colleague");
        }
    }

    protected override async Task<IReadOnlyList<TickedRow>> ReadAsync(IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        Colleagues = [new("Nobody", Nobody), .. await LearningChoices.ColleaguesAsync(Db, null, ct)];
        return await base.ReadAsync(ids, ct);
    }

    protected override async Task<string?> ActAsync(TickedRow row, CancellationToken ct)
    {
        if (await Db.LearningActions.AsNoTracking().SingleOrDefaultAsync(one => one.Id == row.Id, ct) is not { } action)
        {
            return Gone;
        }

        var facts = ActionFacts.Of(action);
        facts.Agency = Agency ?? facts.Agency;
        facts.Owner = Role ?? facts.Owner;
        facts.OwnerId = Colleague switch
        {
            null => facts.OwnerId,
            Nobody => null,
            var id => Guid.Parse(id),
        };
        return action.State == ActionState.Open ? WhyNot(await save.ChangeAsync(row.Id, VersionOf(row), facts, User.Actor(), ct)) : WhyNot(EditOutcome.ChangedSince);
    }
}

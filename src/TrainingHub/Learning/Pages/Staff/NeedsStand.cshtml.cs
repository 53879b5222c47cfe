using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Learning.Pages.Staff;

/// <summary>Several training needs stand otherwise, for one reason.</summary>
[ForStaff(StaffRight.RunProgramme)]
internal sealed class NeedsStandModel(TrainingHubDb db, SaveNeed save) : TickedNeedsPage(db)
{
    [BindProperty]
    [Display(Name = "How do they stand?"), Required(ErrorMessage = "Select how they stand")]
    public NeedState? State { get; set; }

    [BindProperty]
    [Display(Name = "Why", Description = "For staff. Needed when they are planned or met. Otherwise each keeps its own."), StringLength(NeedFacts.BecauseLength, ErrorMessage = "The reason must be {1} characters or fewer")]
    public string? Because { get; set; }

    [BindProperty]
    [Display(Name = "What organisations read", Description = "Needed when they are not planned. Otherwise leave it empty to keep each one’s. Name no child and no family."), StringLength(NeedFacts.PublicWordsLength, ErrorMessage = "What organisations read must be {1} characters or fewer")]
    public string? PublicWords { get; set; }

    [BindProperty]
    [Display(Name = "I have checked: nobody can be recognised by these words")]
    public bool IsChecked { get; set; }

    /// <summary>Something was found in the words, so the box to confirm stands in the form.</summary>
    public bool IsWarned { get; private set; }

    public override string DoneWords(int count) => count == 1 ? "1 training need is saved." : $"{count} training needs are saved.";

    protected override void Check()
    {
        if (State is NeedState.Planned or NeedState.Met && Because is null)
        {
            ModelState.AddModelError(nameof(Because), "Enter why they stand so");
        }

        if (State == NeedState.NotPlanned && PublicWords is null)
        {
            ModelState.AddModelError(nameof(PublicWords), "Enter what organisations read, so that those who asked know why");
        }

        var found = NameWarning.Find(Because, PublicWords);
        IsWarned = found.Count > 0;
        if (IsWarned && !IsChecked)
        {
            ModelState.AddModelError(nameof(IsChecked), NameWarning.Words(found));
        }
    }

    protected override async Task<string?> ActAsync(TickedRow row, CancellationToken ct)
    {
        if (await Db.TrainingNeeds.AsNoTracking().SingleOrDefaultAsync(one => one.Id == row.Id, ct) is not { } need)
        {
            return Gone;
        }

        var facts = NeedFacts.Of(need);
        (facts.State, facts.Because, facts.PublicWords) = (State, Because ?? facts.Because, PublicWords ?? facts.PublicWords);
        return await save.ChangeAsync(row.Id, VersionOf(row), facts, User.Actor(), ct) switch
        {
            EditOutcome.Saved => null,
            EditOutcome.ChangedSince => "Somebody else changed it meanwhile",
            EditOutcome.Unknown => Gone,
            EditOutcome.NameTaken => throw new InvalidOperationException("A training need has no name."),
        };
    }
}

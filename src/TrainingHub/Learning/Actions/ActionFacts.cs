using System.ComponentModel.DataAnnotations;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Learning;

/// <summary>What staff say of an action: the fields of its form, and what is saved. The names are those of <see cref="LearningAction"/>.</summary>
internal sealed class ActionFacts
{
    public const int WhatLength = 1000;
    public const int AgencyLength = 150;
    public const int OwnerLength = 150;
    public const int NoteLength = 2000;
    public const int EvidenceLength = 500;

    [Display(Name = "What is done"), Required(ErrorMessage = "Enter what is done"), StringLength(WhatLength, ErrorMessage = "What is done must be {1} characters or fewer")]
    public string What { get; set; } = "";

    [Display(Name = "Agency that answers for it", Description = "For example “NHS Dorset”."), Required(ErrorMessage = "Enter the agency that answers for it"), StringLength(AgencyLength, ErrorMessage = "The agency must be {1} characters or fewer")]
    public string Agency { get; set; } = "";

    [Display(Name = "Who there (optional)", Description = "By role, for example “designated nurse”."), StringLength(OwnerLength, ErrorMessage = "The role must be {1} characters or fewer")]
    public string? Owner { get; set; }

    [Display(Name = "Colleague who sees to it (optional)", Description = "Of those who sign in here.")]
    public Guid? OwnerId { get; set; }

    [Display(Name = "Due", Description = "For example 27 3 2027."), Required(ErrorMessage = "Enter the day by which it is due")]
    public DateOnly? DueOn { get; set; }

    [Display(Name = "Note (optional)"), StringLength(NoteLength, ErrorMessage = "The note must be {1} characters or fewer")]
    public string? Note { get; set; }

    [Display(Name = "Link to the evidence (optional)", Description = "The full address, starting with https://"), StringLength(EvidenceLength, ErrorMessage = "The link must be {1} characters or fewer"), HttpsAddress]
    public string? Evidence { get; set; }

    public static ActionFacts Of(LearningAction action) => new()
    {
        What = action.What,
        Agency = action.Agency,
        Owner = action.Owner,
        OwnerId = action.OwnerId,
        DueOn = action.DueOn,
        Note = action.Note,
        Evidence = action.Evidence,
    };

    /// <summary>What became different, in the words of the form. A colleague is not named: history says who did something, not who has to.</summary>
    public IReadOnlyList<HistoryChange> ChangesFrom(ActionFacts before) => HistoryChange.Of(
        new("What is done", before.What.Length == 0 ? null : before.What, What),
        new("Agency", before.Agency.Length == 0 ? null : before.Agency, Agency),
        new("Who there", before.Owner, Owner),
        HistoryChange.OfPerson("Colleague who sees to it", before.OwnerId?.ToString(), OwnerId?.ToString()),
        new("Due", LearningWords.Day(before.DueOn), LearningWords.Day(DueOn)),
        new("Note", before.Note, Note),
        new("Evidence", before.Evidence, Evidence));
}

using System.ComponentModel.DataAnnotations;
using TrainingHub.Platform;

namespace TrainingHub.Learning;

/// <summary>The form of an observation, and what is saved. The names are those of <see cref="CourseObservation"/>.</summary>
internal sealed class ObservationFacts : IValidatableObject
{
    public const int WordsLength = 2000;
    public const int OutcomeLength = 1000;

    [Display(Name = "Content is up to date", Description = "Law, guidance and what local reviews found are taught as they are today."), Required(ErrorMessage = "Select how up to date the content was")]
    public SeenAs? UpToDate { get; set; }

    [Display(Name = "Aims are clear and the delivery serves them", Description = "People know what they will be able to do, and take part."), Required(ErrorMessage = "Select how the aims were served")]
    public SeenAs? Delivery { get; set; }

    [Display(Name = "Agencies talk with each other", Description = "People learn how the others work and see things."), Required(ErrorMessage = "Select how agencies talked with each other")]
    public SeenAs? Discussion { get; set; }

    [Display(Name = "Hard subjects are handled with care", Description = "People are warned, may step out, and know whom to talk to."), Required(ErrorMessage = "Select how hard subjects were handled")]
    public SeenAs? HardSubjects { get; set; }

    [Display(Name = "Access and setting", Description = "The room or the call, the pace, the material, what people said they need."), Required(ErrorMessage = "Select how access and setting were")]
    public SeenAs? Setting { get; set; }

    [Display(Name = "What went well"), Required(ErrorMessage = "Enter what went well"), StringLength(WordsLength, ErrorMessage = "What went well must be {1} characters or fewer")]
    public string WentWell { get; set; } = "";

    [Display(Name = "What to change (optional)"), StringLength(WordsLength, ErrorMessage = "What to change must be {1} characters or fewer")]
    public string? ToChange { get; set; }

    [Display(Name = "What was agreed (optional)", Description = "With the trainer or the provider."), StringLength(WordsLength, ErrorMessage = "What was agreed must be {1} characters or fewer")]
    public string? Agreed { get; set; }

    [Display(Name = "Follow up on (optional)", Description = "For example 31 3 2027. It stands on Today from that day.")]
    public DateOnly? FollowUpOn { get; set; }

    [Display(Name = "What came of it (optional)", Description = "Fill it in once you have followed up. It then leaves Today."), StringLength(OutcomeLength, ErrorMessage = "What came of it must be {1} characters or fewer")]
    public string? Outcome { get; set; }

    public static ObservationFacts Of(CourseObservation one) => new()
    {
        UpToDate = one.UpToDate,
        Delivery = one.Delivery,
        Discussion = one.Discussion,
        HardSubjects = one.HardSubjects,
        Setting = one.Setting,
        WentWell = one.WentWell,
        ToChange = one.ToChange,
        Agreed = one.Agreed,
        FollowUpOn = one.FollowUpOn,
        Outcome = one.Outcome,
    };

    /// <summary>What became different. Marks and words are about how somebody trains: that they changed is kept, and not what they were.</summary>
    public IReadOnlyList<HistoryChange> ChangesFrom(ObservationFacts before) => HistoryChange.Of(
        Mark("Content", before.UpToDate, UpToDate),
        Mark("Aims and delivery", before.Delivery, Delivery),
        Mark("Discussion", before.Discussion, Discussion),
        Mark("Hard subjects", before.HardSubjects, HardSubjects),
        Mark("Access and setting", before.Setting, Setting),
        HistoryChange.OfPerson("What went well", before.WentWell.Length == 0 ? null : before.WentWell, WentWell),
        HistoryChange.OfPerson("What to change", before.ToChange, ToChange),
        HistoryChange.OfPerson("What was agreed", before.Agreed, Agreed),
        new("Follow up on", LearningWords.Day(before.FollowUpOn), LearningWords.Day(FollowUpOn)),
        HistoryChange.OfPerson("What came of it", before.Outcome, Outcome));

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Outcome is not null && FollowUpOn is null)
        {
            yield return new("Enter the day for which the follow-up was planned", [nameof(FollowUpOn)]);
        }
    }

    private static HistoryChange Mark(string what, SeenAs? before, SeenAs? after) => HistoryChange.OfPerson(what, before?.ToString(), after?.ToString());
}

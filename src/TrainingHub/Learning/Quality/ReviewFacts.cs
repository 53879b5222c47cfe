using System.ComponentModel.DataAnnotations;
using TrainingHub.Platform;

namespace TrainingHub.Learning;

/// <summary>The form of a review that was held, and what is saved. The names are those of <see cref="ProviderReview"/>.</summary>
internal sealed class ReviewFacts : IValidatableObject
{
    public const int WordsLength = 2000;

    [Display(Name = "Held on", Description = "For example 27 3 2027."), Required(ErrorMessage = "Enter the day on which the review was held")]
    public DateOnly? HeldOn { get; set; }

    [Display(Name = "Outcome"), Required(ErrorMessage = "Select what came of it")]
    public ReviewOutcome? Outcome { get; set; }

    [Display(Name = "What was found and agreed", Description = "In your own words. Names of people do not belong here."), Required(ErrorMessage = "Enter what was found and agreed"), StringLength(WordsLength, ErrorMessage = "What was found and agreed must be {1} characters or fewer")]
    public string? Words { get; set; }

    [Display(Name = "Next review on", Description = "For example 31 3 2028. Leave it empty if the partnership ends its work with the provider.")]
    public DateOnly? NextOn { get; set; }

    public static ReviewFacts Of(ProviderReview review) => new() { HeldOn = review.HeldOn, Outcome = review.Outcome, Words = review.Words, NextOn = review.NextOn };

    /// <summary>What became different, in the words of the form. That the words changed is kept, and not what they were: they end with the review.</summary>
    public IReadOnlyList<HistoryChange> ChangesFrom(ReviewFacts before) => HistoryChange.Of(
        new("Held on", LearningWords.Day(before.HeldOn), LearningWords.Day(HeldOn)),
        new("Outcome", before.Outcome is { } was ? QualityWords.Outcome(was) : null, Outcome is { } now ? QualityWords.Outcome(now) : null),
        HistoryChange.OfPerson("What was found and agreed", before.Words, Words),
        new("Next review on", LearningWords.Day(before.NextOn), LearningWords.Day(NextOn)));

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Outcome == ReviewOutcome.End && NextOn is not null)
        {
            yield return new("Leave the next review empty, since the work with the provider ends", [nameof(NextOn)]);
        }

        if (Outcome is ReviewOutcome.CarryOn or ReviewOutcome.CarryOnWithChanges && NextOn is null)
        {
            yield return new("Enter the day of the next review", [nameof(NextOn)]);
        }

        if (NextOn <= HeldOn)
        {
            yield return new("The next review must be after the day of this one", [nameof(NextOn)]);
        }
    }
}

using System.ComponentModel.DataAnnotations;
using TrainingHub.Catalogue;
using TrainingHub.Platform;

namespace TrainingHub.Learning;

/// <summary>What staff say of a change of content: the fields of its form, and what is saved. The names are those of <see cref="ContentChange"/>.</summary>
internal sealed class ContentChangeFacts : IValidatableObject
{
    public const int WhatLength = 2000;

    [Display(Name = "What changes", Description = "For whoever plans and delivers the course."), Required(ErrorMessage = "Enter what changes"), StringLength(WhatLength, ErrorMessage = "What changes must be {1} characters or fewer")]
    public string What { get; set; } = "";

    [Display(Name = "From which day", Description = "The first day on which the courses have it. For example 1 4 2027."), Required(ErrorMessage = "Enter the day from which the courses have it")]
    public DateOnly? FromOn { get; set; }

    [Display(Name = "In which courses")]
    public Guid[] CourseIds { get; set; } = [];

    [Display(Name = "Words for the public course page (optional)", Description = "One short, warm sentence under “Shaped by”. The name and link of the source follow it."), StringLength(ShapedBy.WordsLength, ErrorMessage = "The words must be {1} characters or fewer")]
    public string? PublicWords { get; set; }

    public static ContentChangeFacts Of(ContentChange change) => new()
    {
        What = change.What,
        FromOn = change.FromOn,
        CourseIds = change.CourseIds,
        PublicWords = change.PublicWords,
    };

    /// <summary>What became different, in the words of the form.</summary>
    /// <param name="before"></param>
    /// <param name="names">Of courses, by their ids.</param>
    public IReadOnlyList<HistoryChange> ChangesFrom(ContentChangeFacts before, IReadOnlyDictionary<Guid, string> names) => HistoryChange.Of(
        new("What changes", before.What.Length == 0 ? null : before.What, What),
        new("From", LearningWords.Day(before.FromOn), LearningWords.Day(FromOn)),
        new("Courses", LearningWords.Names(before.CourseIds, names), LearningWords.Names(CourseIds, names)),
        new("Public words", before.PublicWords, PublicWords));

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (CourseIds.Length == 0)
        {
            yield return new("Select at least one course", [nameof(CourseIds)]);
        }
        else if (CourseIds.Length > ContentChange.MostCourses)
        {
            yield return new($"Select {ContentChange.MostCourses} courses or fewer", [nameof(CourseIds)]);
        }
    }
}

using System.ComponentModel.DataAnnotations;

namespace TrainingHub.Catalogue;

/// <summary>What is done about the course that is to be taken before another.</summary>
internal enum PrerequisiteRule
{
    [Display(Name = "Say it on the page, and no more")]
    Shown,

    /// <summary>Each person is asked, and may come whatever the answer.</summary>
    [Display(Name = "Ask each person who is booked")]
    Asked,

    /// <summary>Who says that they have not done it gets no place, unless staff say why.</summary>
    [Display(Name = "Ask, and refuse who has not done it")]
    Required,
}

/// <summary>The course about which everybody is asked who is to come to a date.</summary>
/// <param name="CourseId"></param>
/// <param name="Course">Its title.</param>
/// <param name="Slug">Null when visitors do not see it.</param>
/// <param name="IsRequired">Nobody comes without it, unless staff say why.</param>
internal sealed record Prerequisite(Guid CourseId, string Course, string? Slug, bool IsRequired)
{
    /// <returns>Null when the rule asks nobody.</returns>
    public static Prerequisite? Of(PrerequisiteRule rule, Guid courseId, string course, string? slug) => rule switch
    {
        PrerequisiteRule.Shown => null,
        PrerequisiteRule.Asked => new(courseId, course, slug, IsRequired: false),
        PrerequisiteRule.Required => new(courseId, course, slug, IsRequired: true),
    };
}

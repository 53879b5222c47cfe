using System.ComponentModel.DataAnnotations;

namespace TrainingHub.Catalogue;

/// <summary>What is offered: a course, or an event. All are booked, paid, marked and asked about in the same way.</summary>
internal enum CourseKind
{
    [Display(Name = "Course")]
    Course,

    [Display(Name = "Conference")]
    Conference,

    [Display(Name = "Learning event")]
    LearningEvent,

    [Display(Name = "Bitesize briefing")]
    Briefing,

    [Display(Name = "Learning circle")]
    LearningCircle,
}

internal static class CourseKindWords
{
    /// <summary>"Conference".</summary>
    public static string Of(CourseKind kind) => kind switch
    {
        CourseKind.Course => "Course",
        CourseKind.Conference => "Conference",
        CourseKind.LearningEvent => "Learning event",
        CourseKind.Briefing => "Bitesize briefing",
        CourseKind.LearningCircle => "Learning circle",
    };

    /// <summary>What a sentence calls one: "this course", "this event".</summary>
    public static string InSentence(CourseKind kind) => kind == CourseKind.Course ? "course" : "event";
}

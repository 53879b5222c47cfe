namespace TrainingHub.Emails;

/// <summary>One date of an order that has several, and who is on it.</summary>
/// <param name="Date">The course and its date.</param>
/// <param name="People">Names, in the order of booking; none when the reader knows whom it is about.</param>
/// <param name="Url">The page of the date, or null.</param>
public sealed record OrderDate(CourseDate Date, IReadOnlyList<string> People, string? Url = null);

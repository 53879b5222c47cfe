namespace TrainingHub.Emails;

/// <summary>The date of a course as every email shows it.</summary>
/// <param name="Course">The course's name, as offered.</param>
/// <param name="When">Day and times, such as "Saturday 27 March 2027, 9:30am to 12:30pm".</param>
/// <param name="Where">Venue and address, or "Online" and how the joining link comes.</param>
public sealed record CourseDate(string Course, string When, string Where);

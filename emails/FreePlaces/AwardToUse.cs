namespace TrainingHub.Emails;

/// <summary>The free places that an organisation has for the year.</summary>
/// <param name="Code">Typed when paying; opens the award to whoever has it.</param>
/// <param name="Organisation">Whose they are.</param>
/// <param name="Left">How many are left.</param>
/// <param name="Places">How many there are in all.</param>
/// <param name="Until">The last day to book them, such as "31 March 2027".</param>
/// <param name="CoursesUrl">Where to find a course.</param>
public sealed record AwardToUse(string Code, string Organisation, int Left, int Places, string Until, string CoursesUrl);

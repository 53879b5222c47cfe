namespace TrainingHub.Catalogue;

internal static class CourseWords
{
    public static string Of(CourseStanding standing) => standing switch
    {
        CourseStanding.InOffer => "In the offer",
        CourseStanding.NotOffered => "Not offered now",
        CourseStanding.Draft => "Draft",
        CourseStanding.Archived => "Archived",
    };

    /// <summary>"every 3 years", "every 18 months".</summary>
    public static string Renewal(int months) => (months % 12, months / 12) switch
    {
        (0, 1) => "every year",
        (0, var years) => $"every {years} years",
        _ => $"every {months} months",
    };
}

using TrainingHub.Surveys;

namespace TrainingHub.Reporting;

/// <summary>What the standard questions are called beside the figures of providers.</summary>
internal static class ProviderMeasures
{
    public static string Heading(SurveyMoment moment, string question) => (moment, question) switch
    {
        (SurveyMoment.End, StandardMeasures.Confidence) => $"Confident at the end ({StandardMeasures.GoodFrom} to 10 of 10)",
        (SurveyMoment.End, StandardMeasures.Knowledge) => $"Know enough at the end ({StandardMeasures.GoodFrom} to 10 of 10)",
        (_, StandardMeasures.Confidence) => "Confident or better after three months",
        (_, StandardMeasures.Knowledge) => "Good knowledge or better after three months",
        (_, StandardMeasures.ChangedPractice) => "Changed their practice",
        (_, StandardMeasures.ImpactedFamilies) => "Saw an effect on families",
        (_, StandardMeasures.Recommend) => "Would recommend the course",
        _ => question,
    };

    /// <summary>"83.3% of 60"; a dash when it is of too few dates.</summary>
    public static string Words(ProviderAnswer? answer) => answer is null ? "–" : $"{ReportNumbers.Percent(answer.Good, answer.Base)}% of {answer.Base}";

    /// <summary>"85.0%"; a dash without places.</summary>
    public static string Occupancy(ProviderFigures figures) => figures.Places == 0 ? "–" : ReportNumbers.Percent(figures.Came, figures.Places) + "%";
}

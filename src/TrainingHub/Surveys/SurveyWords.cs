namespace TrainingHub.Surveys;

/// <summary>What emails and pages say alike. Change these only together with what the tables enforce.</summary>
internal static class SurveyWords
{
    /// <summary>Stands after "read by".</summary>
    public const string ReadBy = "the training team and the evaluation group";

    public const string Confidential =
        "Your answers are confidential, but not anonymous. Until 90 days after this survey closes, we can link them to your booking, so that you can correct them and we can act if a child may be at risk. Then we destroy the link. Reports never use it and never name you.";
}

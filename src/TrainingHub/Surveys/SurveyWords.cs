namespace TrainingHub.Surveys;

/// <summary>What emails and pages say alike. Change these only together with what the tables enforce.</summary>
internal static class SurveyWords
{
    /// <summary>The heading of the form.</summary>
    public static string Title(SurveyMoment moment) => moment == SurveyMoment.End ? "How was your course?" : "What has changed since your course?";

    /// <summary>Stands after "read by".</summary>
    public const string ReadBy = "the training team and the evaluation group";

    /// <summary>What may be done with a free text besides; a text written before it was said is not passed on.</summary>
    public const string PassedOn = "The training team may show what you write to your trainer, without your name.";

    public const string Confidential =
        "Your answers are confidential, but not anonymous. Until 30 days after this survey closes, we can link them to your booking, so that you can correct them and we can act if a child may be at risk. Then we destroy the link. We keep it for longer only if what you write raises such a concern, and two people must agree before we look at who wrote it. Reports never use it and never name you.";
}

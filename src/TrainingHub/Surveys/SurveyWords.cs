namespace TrainingHub.Surveys;

/// <summary>What emails and pages say alike. Change these only together with what the tables enforce.</summary>
internal static class SurveyWords
{
    /// <summary>The heading of the form.</summary>
    public static string Title(SurveyMoment moment) => moment switch
    {
        SurveyMoment.Before => "Before your course",
        SurveyMoment.End or SurveyMoment.Module => "How was your course?",
        SurveyMoment.Event => "How was the event?",
        SurveyMoment.ThreeMonths => "What has changed since your course?",
        SurveyMoment.Manager => "What have you seen since the course?",
    };

    /// <summary>What somebody can still tell the training team when a survey is closed.</summary>
    public static string Tell(SurveyMoment moment) => moment switch
    {
        SurveyMoment.Before => "what you hope for",
        SurveyMoment.End or SurveyMoment.Event or SurveyMoment.Module => "how it was",
        SurveyMoment.ThreeMonths => "what has changed in your work",
        SurveyMoment.Manager => "what you have seen",
    };

    /// <summary>Stands after "read by".</summary>
    public const string ReadBy = "the training team and the evaluation group";

    /// <summary>What may be done with a free text besides; a text written before it was said is not passed on.</summary>
    public const string PassedOn = "The training team may show what you write to your trainer, without your name.";

    /// <summary>The same for a manager, who writes about somebody.</summary>
    public const string ManagerPassedOn = "The training team may show what you write to the trainer of the course. Please do not name your colleague in it.";

    /// <summary>Of a manager, who answers by a link that belongs to somebody else's place.</summary>
    public const string ManagerConfidential =
        "Your answers are confidential. Until 30 days after this survey closes, we can link them to the booking of your colleague, so that you can correct them and we can act if a child may be at risk. Then we destroy the link. We keep it for longer only if what you write raises such a concern, and two people must agree before we look at whose booking it is. Reports never use it and never name anybody.";

    public const string Confidential =
        "Your answers are confidential, but not anonymous. Until 30 days after this survey closes, we can link them to your booking, so that you can correct them and we can act if a child may be at risk. Then we destroy the link. We keep it for longer only if what you write raises such a concern, and two people must agree before we look at who wrote it. Reports never use it and never name you.";
}

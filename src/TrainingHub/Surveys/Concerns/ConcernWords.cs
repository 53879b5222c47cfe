namespace TrainingHub.Surveys;

/// <summary>Concerns in the words of staff.</summary>
internal static class ConcernWords
{
    public static string Of(ConcernState state) => state switch
    {
        ConcernState.Raised => "Not acknowledged",
        ConcernState.Acknowledged => "Acknowledged",
        ConcernState.Closed => "Closed",
        ConcernState.Withdrawn => "Withdrawn",
    };

    /// <summary>At the beginning or within a sentence: "the deputy was told".</summary>
    public static string Of(AlertStep step) => step switch
    {
        AlertStep.Lead => "the lead",
        AlertStep.Deputy => "the deputy",
        AlertStep.OnCall => "whoever is on call",
    };

    public static string Of(ConcernKind kind) => kind switch
    {
        ConcernKind.AtRisk => "A child or an adult may be at risk",
        ConcernKind.Professional => "The conduct of a professional",
        ConcernKind.Writer => "The writer needs support",
    };

    public static string Of(Trace trace) => trace switch
    {
        Trace.Traceable => "The answer is still linked to a booking.",
        Trace.Imported => "It cannot be found out here: the answer came in a file. Whoever made the file may know.",
        Trace.Unlinked => "It cannot be found out: nothing leads from this text to an answer or a person any more.",
        Trace.Forgotten => "It cannot be found out: the person was erased here before the concern was raised.",
    };
}

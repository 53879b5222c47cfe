namespace TrainingHub.Learning;

/// <summary>What the values of this shelf are called on screen, in files and in history.</summary>
internal static class QualityWords
{
    public static string Kind(DocumentKind kind) => kind switch
    {
        DocumentKind.Contract => "Contract",
        DocumentKind.Insurance => "Insurance",
        DocumentKind.SafeguardingPolicy => "Safeguarding policy",
        DocumentKind.Other => "Other document",
    };

    public static string Seen(SeenAs seen) => seen switch
    {
        SeenAs.NotYet => "Not yet",
        SeenAs.InPart => "In part",
        SeenAs.Well => "Well",
        SeenAs.VeryWell => "Very well",
        SeenAs.NotSeen => "Not seen",
    };

    public static string Outcome(ReviewOutcome outcome) => outcome switch
    {
        ReviewOutcome.CarryOn => "Carry on",
        ReviewOutcome.CarryOnWithChanges => "Carry on, with agreed changes",
        ReviewOutcome.End => "End the work with this provider",
    };
}

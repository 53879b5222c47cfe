namespace TrainingHub.FreePlaces;

/// <summary>Which rule an application did not meet, as the applicant reads it.</summary>
internal static class DeclineWords
{
    /// <returns>A sentence; null when the reason says all.</returns>
    public static string? Of(DeclinedRule? rule) => rule switch
    {
        DeclinedRule.NotForThem => "Our policy for this year does not cover this kind of organisation.",
        DeclinedRule.OverTurnover => "The yearly income of your organisation is above the limit of our policy.",
        DeclinedRule.NoEvidence => "Our policy asks for papers that show what your organisation is, and we have none.",
        DeclinedRule.AllowanceUsed => "Your organisation has used its free places of this year.",
        DeclinedRule.BudgetUsed => "We have given all the free places that we have this year.",
        DeclinedRule.Other or null => null,
    };
}

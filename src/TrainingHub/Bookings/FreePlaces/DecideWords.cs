namespace TrainingHub.Bookings;

/// <summary>Why nothing could be approved, for staff.</summary>
internal static class DecideWords
{
    /// <returns>A sentence without its capital and its stop.</returns>
    public static string Over(DecideResult result) => result switch
    {
        DecideResult.OverAllowance => "the organisation would have more free places this year than the policy gives it",
        DecideResult.OverBudget => "all organisations together would have more free places this year than the budget of the policy allows",
        DecideResult.NoPolicy => "no policy for free places has been published yet",
        DecideResult.Decided or DecideResult.NotPending or DecideResult.Lapsed or DecideResult.NothingToOffer =>
            throw new ArgumentOutOfRangeException(nameof(result), result, "Nothing went over."),
    };
}

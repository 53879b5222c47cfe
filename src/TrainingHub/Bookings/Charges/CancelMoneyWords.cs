using TrainingHub.Platform;

namespace TrainingHub.Bookings;

/// <summary>What cancelling means for the booker's money: shown before it and mailed after it, in the same words.</summary>
internal static class CancelMoneyWords
{
    /// <returns>Null when nothing was due, and nothing is.</returns>
    public static string? Of(CancelSums sums, BookingSummary booking, BookingState was)
    {
        var (due, back) = (new Money(sums.StaysPence), new Money(sums.BackPence));
        if (sums is { StaysPence: 0, BackPence: 0 })
        {
            return sums.IsPartGone ? "Nothing more comes back: what was paid has gone back before." : sums.FreeLatePence == 0 ? null : $"By the cancellation policy we may charge {new Money(sums.FreeLatePence)} for it. You owe nothing unless we send you the charge.";
        }

        if (!booking.IsTakenHere)
        {
            // Nothing here knows whether it was paid, or invoiced, so nothing is promised.
            return $"The price of what is cancelled is {back}. If you have paid it, reply to our email to say how you want it back.";
        }

        return (booking.Method, was) switch
        {
            (PaymentMethod.Card, BookingState.Held) => "You have not been charged.",
            (_, BookingState.Held) => "You owe nothing.",
            (PaymentMethod.Card, _) => Join(Join(Back(back, "goes back to the card or account that paid. You need not ask"), Stays(due, "is not paid back", booking)), Gone(sums)),
            (PaymentMethod.Desk, _) => Join(
                Join(Back(back, "of what you paid to the training team comes back. Reply to our email to say how you want it"), Stays(due, "is not paid back", booking)), Gone(sums)),
            _ => Join(Stays(due, "stays due on your invoice", booking), Back(back, sums.DuePence == 0 ? "is no longer due" : "of it is no longer due")),
        };
    }

    private static string Back(Money sum, string what) => sum == Money.Zero ? "" : $"{sum} {what}.";

    private static string Stays(Money sum, string what, BookingSummary booking) =>
        sum == Money.Zero ? "" : $"By the cancellation policy that you accepted, {sum} {what}{(booking.PlaceCount == 1 ? "" : ", all places together")}.";

    private static string Gone(CancelSums sums) => sums.IsPartGone ? "What has gone back to you before is taken off." : "";

    private static string Join(string one, string other) => $"{one} {other}".Trim();
}

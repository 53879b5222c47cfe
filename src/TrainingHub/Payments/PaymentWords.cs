using System.Globalization;
using TrainingHub.Platform;

namespace TrainingHub.Payments;

/// <summary>How payments and their problems are called on pages and in emails.</summary>
internal static class PaymentWords
{
    /// <summary>Why a credit note was issued, for whoever pays.</summary>
    public static string Why(CreditReason reason) => reason switch
    {
        CreditReason.ChargedLess => "Places were cancelled or cost less",
        CreditReason.Reissued => "Another invoice stands for it",
    };

    /// <summary>"£110" or, in another currency, "164.00 EUR".</summary>
    public static string Amount(int smallestUnits, string? currency) =>
        currency is null or "gbp"
            ? new Money(smallestUnits).ToString()
            : string.Create(CultureInfo.InvariantCulture, $"{smallestUnits / 100m:0.00} {currency.ToUpperInvariant()}");

    public static string Received(Payment payment) => Amount(payment.ReceivedAmount ?? payment.AmountPence, payment.ReceivedCurrency);

    public static string Way(DeskWay way) => way switch
    {
        DeskWay.Cash => "Cash",
        DeskWay.CardTerminal => "Card terminal",
        DeskWay.BankTransfer => "Bank transfer",
    };

    /// <summary>How it came, after "Payment".</summary>
    public static string Came(Payment payment) => payment.Provider switch
    {
        PaymentProvider.Stripe => "by card",
        PaymentProvider.Imported => "recorded from a file",
        PaymentProvider.Desk => $"to the training team, {(payment.DeskWay is { } way ? Way(way).ToLowerInvariant() : "")}{(payment.DeskReference is { } slip ? $", {slip}" : "")}",
    };

    /// <summary>How it was paid, for receipts.</summary>
    public static string Way(Payment payment) => payment.DeskWay is { } way ? $"{Way(way)}, to the training team" : "Card or bank, through Stripe";

    public static string State(PaymentState state) => state switch
    {
        PaymentState.Pending => "Not paid yet",
        PaymentState.AwaitingBank => "Waiting for the bank",
        PaymentState.Paid => "Paid",
        PaymentState.Expired => "Not paid",
    };

    public static string State(Refund refund) => refund.State switch
    {
        RefundState.Due when refund.FirstTriedAt is not null => "Waits: Stripe has not answered. It is tried again by itself",
        RefundState.Due => "On its way to Stripe",
        RefundState.Pending => "With the bank",
        RefundState.Succeeded => "Refunded",
        RefundState.Failed => "Failed",
        RefundState.Undone => "Undone before it went out",
    };

    public static string State(Dispute dispute) => dispute.State switch
    {
        DisputeState.Open when !dispute.TakesMoney => "The bank asks. No money was taken",
        DisputeState.Open => "Open. The bank has taken the money meanwhile",
        DisputeState.Won or DisputeState.Lost when !dispute.TakesMoney => "The bank asked. No money was taken",
        DisputeState.Won => "Won. The money is back",
        DisputeState.Lost => "Lost. The bank keeps the money",
    };

    /// <summary>What became of a problem: nothing is dealt with while a refund of it is still to be confirmed.</summary>
    public static string Closed(PaymentProblem problem, bool isLeaving) =>
        $"{Short(problem)}: {(isLeaving ? "decided, the refund is not made yet" : "dealt with")}";

    public static string Short(PaymentProblem problem) => problem switch
    {
        PaymentProblem.PaidLateAndFull => "Paid late, date full",
        PaymentProblem.AmountDiffers => "Wrong amount",
        PaymentProblem.CurrencyDiffers => "Wrong currency",
        PaymentProblem.NotOwed => "Paid without owing",
        PaymentProblem.PlacesCancelled => "Cancelled after payment",
        PaymentProblem.Unexplained => "Not explained by Stripe",
        PaymentProblem.Disputed => "Disputed",
        PaymentProblem.DisputeLost => "Dispute lost",
    };

    public static string Problem(PaymentProblem problem) => problem switch
    {
        PaymentProblem.PaidLateAndFull => "A payment came after the places were released, and the date has no room for them any more.",
        PaymentProblem.AmountDiffers => "A payment came with another amount than was asked for.",
        PaymentProblem.CurrencyDiffers => "A payment came in another currency than pounds.",
        PaymentProblem.NotOwed => "A payment came for a booking that was paid already, cancelled or not to be paid by card.",
        PaymentProblem.PlacesCancelled => "Places were cancelled after they had been paid by card.",
        PaymentProblem.Unexplained => "Stripe was asked about this payment, and its answer cannot be used. We do not know whether the money came.",
        PaymentProblem.Disputed => "The payer has asked their bank for the money back. Stripe calls this a dispute.",
        PaymentProblem.DisputeLost => "A dispute was lost: the payer’s bank keeps the money.",
    };

    public static string NextStep(PaymentProblem problem) => problem switch
    {
        PaymentProblem.PaidLateAndFull => "The full refund is made by itself and the booker was told. You may want to offer another date.",
        PaymentProblem.AmountDiffers => "Compare the amount with the booking in Stripe, then refund it or mark it as dealt with.",
        PaymentProblem.CurrencyDiffers => "Look at the payment in Stripe, then refund it. The places wait until you do.",
        PaymentProblem.NotOwed => "The full refund is made by itself and the booker was told.",
        PaymentProblem.PlacesCancelled => "Decide whether to refund the price of the cancelled places.",
        PaymentProblem.Unexplained =>
            "Look for it in Stripe by the booking’s reference. The site goes on asking, and this ends by itself once Stripe can say. "
            + "If the money did not come, or you have refunded it in Stripe, mark the payment as dealt with.",
        PaymentProblem.Disputed => "Answer the dispute in Stripe, with the booking as evidence. Do not refund the payment as well.",
        PaymentProblem.DisputeLost => "Decide what becomes of the places, then mark the payment as dealt with. Here the money counts as not paid.",
    };

    /// <summary>What to do about the payment's problem, and by when.</summary>
    public static string NextStep(Payment payment, PaymentProblem problem) =>
        NextStep(problem) + (payment.ProblemDueAt is { } due ? $" Stripe takes your answer until {London.Moment(due)}." : "");

    public static string Why(RefundReason reason) => reason switch
    {
        RefundReason.PaidLateAndFull => "Your payment came after your places had been released, and the date was full by then.",
        RefundReason.BookingCancelled => "It is for what was cancelled.",
        RefundReason.NotOwed => "It was not owed.",
        RefundReason.WrongAmount => "The payment was not for the amount that we had asked for.",
        RefundReason.MadeInStripe => "The training team made this refund.",
        RefundReason.CheaperDate => "The date that you have now costs less.",
        RefundReason.BookedWrongly => "It was recorded by mistake.",
    };
}

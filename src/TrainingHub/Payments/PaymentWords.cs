using System.Globalization;
using TrainingHub.Platform;

namespace TrainingHub.Payments;

/// <summary>How payments and their troubles are called on pages and in emails.</summary>
internal static class PaymentWords
{
    /// <summary>"£110" or, in another currency, "164.00 EUR".</summary>
    public static string Amount(int smallestUnits, string? currency) =>
        currency is null or "gbp"
            ? new Money(smallestUnits).ToString()
            : string.Create(CultureInfo.InvariantCulture, $"{smallestUnits / 100m:0.00} {currency.ToUpperInvariant()}");

    public static string Received(Payment payment) => Amount(payment.ReceivedAmount ?? payment.AmountPence, payment.ReceivedCurrency);

    public static string State(PaymentState state) => state switch
    {
        PaymentState.Pending => "Not paid yet",
        PaymentState.AwaitingBank => "Waiting for the bank",
        PaymentState.Paid => "Paid",
        PaymentState.Expired => "Not paid",
    };

    public static string State(RefundState state) => state switch
    {
        RefundState.Due => "On its way to Stripe",
        RefundState.Pending => "With the bank",
        RefundState.Succeeded => "Refunded",
        RefundState.Failed => "Failed",
    };

    public static string Short(PaymentTrouble trouble) => trouble switch
    {
        PaymentTrouble.PaidLateAndFull => "Paid late, date full",
        PaymentTrouble.AmountDiffers => "Wrong amount",
        PaymentTrouble.CurrencyDiffers => "Wrong currency",
        PaymentTrouble.NotOwed => "Paid without owing",
        PaymentTrouble.PlacesCancelled => "Cancelled after payment",
    };

    public static string Problem(PaymentTrouble trouble) => trouble switch
    {
        PaymentTrouble.PaidLateAndFull => "A payment came after the places were released, and the date has no room for them any more.",
        PaymentTrouble.AmountDiffers => "A payment came with another amount than was asked for.",
        PaymentTrouble.CurrencyDiffers => "A payment came in another currency than pounds.",
        PaymentTrouble.NotOwed => "A payment came for a booking that was paid already, cancelled or not to be paid by card.",
        PaymentTrouble.PlacesCancelled => "Places were cancelled after they had been paid by card.",
    };

    public static string NextStep(PaymentTrouble trouble) => trouble switch
    {
        PaymentTrouble.PaidLateAndFull => "The full refund is made by itself and the booker was told. You may want to offer another date.",
        PaymentTrouble.AmountDiffers => "Compare the amount with the booking in Stripe, then refund it or mark it as dealt with.",
        PaymentTrouble.CurrencyDiffers => "Look at the payment in Stripe, then refund it. The places wait until you do.",
        PaymentTrouble.NotOwed => "The full refund is made by itself and the booker was told.",
        PaymentTrouble.PlacesCancelled => "Decide whether to refund the price of the cancelled places.",
    };

    public static string Why(RefundReason reason) => reason switch
    {
        RefundReason.PaidLateAndFull => "Your payment came after your places had been released, and the date was full by then.",
        RefundReason.BookingCancelled => "It is for what was cancelled.",
        RefundReason.NotOwed => "It was not owed.",
        RefundReason.WrongAmount => "The payment was not for the amount that we had asked for.",
        RefundReason.MadeInStripe => "The training team made this refund.",
    };
}

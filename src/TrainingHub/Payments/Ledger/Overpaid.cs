namespace TrainingHub.Payments;

/// <summary>
/// Bookings of which we have more money than they owe, and that nothing else brings before a person: neither an open problem of a payment nor
/// <see cref="PayBackByHand"/>. What was paid by Stripe alone is not among them: <see cref="FlagCancelledPayments"/> makes it a problem.
/// </summary>
internal static class Overpaid
{
    public static IQueryable<BookingMoney> Of(TrainingHubDb db, DateTimeOffset now) =>
        from money in db.BookingMoney
        where db.Payments.Any(payment => payment.BookingId == money.BookingId && payment.State == PaymentState.Paid && payment.Provider != PaymentProvider.Stripe)
            && money.PaidPence - money.RefundedPence - money.LeavingPence - money.KeptPence - money.DisputedPence > money.OwedPence - money.WrittenOffPence
            && !OpenProblems.Of(db).Any(payment => payment.BookingId == money.BookingId)
            && !PayBackByHand.Left(db).Any(place => place.BookingId == money.BookingId)
            && !db.UndoableActs.Any(act => act.UndoneId == null && act.HeldUntil > now
                && (act.SubjectId == money.BookingId || db.Places.Any(place => place.BookingId == money.BookingId && place.RunId == act.SubjectId)))
        select money;
}

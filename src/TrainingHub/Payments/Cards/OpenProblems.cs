namespace TrainingHub.Payments;

internal static class OpenProblems
{
    /// <summary>Payments of which something has to be decided, or found out.</summary>
    public static IQueryable<Payment> Of(TrainingHubDb db) => db.Payments.Where(payment => payment.Problem != null && payment.ProblemClosedAt == null);
}

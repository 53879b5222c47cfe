namespace TrainingHub.Emails;

/// <summary>To the training team: money and places disagree. It names no person.</summary>
/// <param name="Reference">The booking's reference.</param>
/// <param name="Problem">What is wrong, as a sentence without personal data.</param>
/// <param name="Amount">Such as "£110.00".</param>
/// <param name="NextStep">What to do, as a sentence.</param>
/// <param name="StaffUrl">The staff page where it is put right.</param>
public sealed record PaymentNeedsAttentionEmail(
    string Reference,
    string Problem,
    string Amount,
    string NextStep,
    string StaffUrl) : IEmailMessage
{
    public string Subject => $"Payment needs attention: booking {Reference}";
}

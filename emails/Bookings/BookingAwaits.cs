namespace TrainingHub.Emails;

/// <summary>What a held booking waits for.</summary>
public enum BookingAwaits
{
    CardPayment,
    FreePlaceDecision,
}

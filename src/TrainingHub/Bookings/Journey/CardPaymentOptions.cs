namespace TrainingHub.Bookings;

/// <summary>Whether the booking form offers to pay by card. Set by whoever takes cards, which this room does not know.</summary>
internal sealed class CardPaymentOptions
{
    public bool AreOffered { get; set; }
}

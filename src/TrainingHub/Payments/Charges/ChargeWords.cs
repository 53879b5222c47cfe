using TrainingHub.Bookings;

namespace TrainingHub.Payments;

/// <summary>How charges are called.</summary>
internal static class ChargeWords
{
    public static string Kind(ChargeKind kind) => kind switch
    {
        ChargeKind.Cancelled => "Cancelled late",
        ChargeKind.Absent => "Nobody came",
    };

    /// <summary>To whoever pays.</summary>
    public static string Why(ChargeKind kind) => kind switch
    {
        ChargeKind.Cancelled => "The place was cancelled late.",
        ChargeKind.Absent => "The register says that nobody came.",
    };

    public static string State(ChargeState state) => state switch
    {
        ChargeState.Proposed => "To decide",
        ChargeState.Raised => "Raised",
        ChargeState.Waived => "Waived",
        ChargeState.Withdrawn => "Withdrawn",
    };
}

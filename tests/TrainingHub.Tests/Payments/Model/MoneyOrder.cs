namespace TrainingHub.Tests.Payments;

/// <summary>What the model knows of one order. Pence.</summary>
internal sealed class MoneyOrder
{
    public required Guid Booking { get; init; }
    public required string Reference { get; init; }

    /// <summary>What is charged for each place.</summary>
    public Dictionary<Guid, int> Charged { get; } = [];

    /// <summary>What came by hand or by the bank, less what went back that way.</summary>
    public int ByHand { get; set; }

    /// <summary>Its places are certain: it is charged for.</summary>
    public bool IsCertain { get; set; }

    /// <summary>Somebody has done what makes places certain; by card it is heard of later.</summary>
    public bool MayBeCertain { get; set; }
}

/// <summary>An invoice and what is open of it.</summary>
internal sealed record Asked(Guid Id, int Number, MoneyOrder Order, int OpenPence);

using System.Globalization;
using TrainingHub.Platform;

namespace TrainingHub.Catalogue;

/// <summary>What pages, feeds and calendars show of one date.</summary>
internal sealed record DateLine
{
    private string? dayWords;
    private string? timeWords;

    public required Guid Id { get; init; }
    public required Guid CourseId { get; init; }
    public required string Reference { get; init; }
    public required DateTimeOffset StartsAt { get; init; }
    public required DateTimeOffset EndsAt { get; init; }
    public required DateOnly RunsOn { get; init; }
    public required RunSlot Slot { get; init; }
    public required DeliveryMode Delivery { get; init; }
    public required int Capacity { get; init; }
    public required int PlacesTaken { get; init; }
    public required RunState State { get; init; }
    public required int ChangeNumber { get; init; }
    public required string? Venue { get; init; }
    public required string? Address { get; init; }
    public required Guid? AreaId { get; init; }
    public required string? Area { get; init; }
    public required bool IsForBothAreas { get; init; }
    public required string? Provider { get; init; }
    public required int? Pence { get; init; }
    public required PriceSource? PricedBy { get; init; }
    public required CourseLength? Length { get; init; }
    public required DateOnly? PricedFrom { get; init; }

    public int PlacesLeft => Capacity - PlacesTaken;

    public bool IsFull => PlacesLeft == 0;

    /// <summary>Null when nothing says what it costs: then it cannot be booked online.</summary>
    public Price? Price => Pence is { } pence && PricedBy is { } source ? RunPrice.Words(pence, source, Length, PricedFrom) : null;

    /// <summary>"Sat 6 Feb 2027".</summary>
    public string DayWords => dayWords ??= string.Create(CultureInfo.InvariantCulture, $"{London.ShortWords(RunsOn)} {RunsOn.Year}");

    public string TimeWords => timeWords ??= London.Times(StartsAt, EndsAt);

    /// <summary>"Online", or the venue, or that it is told later.</summary>
    public string PlaceWords => Delivery switch
    {
        DeliveryMode.Online => "Online",
        DeliveryMode.InPerson => Venue is null ? "Venue to be confirmed" : Address is null or "" ? Venue : $"{Venue}, {Address}",
    };

    public string PlacesWords => PlacesLeft switch
    {
        0 => "Full",
        1 => "1 place left",
        _ => $"{PlacesLeft} places left",
    };

    /// <summary>"Saturday" or "Twilight"; null for the usual weekday.</summary>
    public string? SlotWord => Slot switch
    {
        RunSlot.Weekday => null,
        RunSlot.Saturday => StartsAt is var at && London.At(at).DayOfWeek == DayOfWeek.Sunday ? "Sunday" : "Saturday",
        RunSlot.Twilight => "Twilight",
    };
}

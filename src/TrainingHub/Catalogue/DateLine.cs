using TrainingHub.Platform;

namespace TrainingHub.Catalogue;

/// <summary>What pages, feeds, calendars and emails show of one date, for the public and for staff.</summary>
internal sealed record DateLine
{
    private string? dayWords;
    private string? timeWords;

    public required Guid Id { get; init; }
    public required Guid CourseId { get; init; }
    public required string Course { get; init; }
    public required string Slug { get; init; }
    public required string Reference { get; init; }
    public required DateTimeOffset StartsAt { get; init; }
    public required DateTimeOffset EndsAt { get; init; }

    /// <summary>Null when it is one meeting.</summary>
    public required Meetings? Meetings { get; init; }
    public required DateOnly RunsOn { get; init; }
    public required RunSlot Slot { get; init; }
    public required DeliveryMode Delivery { get; init; }
    public required int Capacity { get; init; }
    public required int PlacesTaken { get; init; }
    public required int PlacesLeft { get; init; }

    /// <summary>What the waiting list wants of the places left, also what is offered to somebody on it.</summary>
    public int PlacesWaitedFor { get; init; }

    /// <summary>Nobody books after it; null is until it begins.</summary>
    public DateTimeOffset? BooksUntil { get; init; }

    /// <summary>Never told visitors.</summary>
    public int? MinimumPlaces { get; init; }

    /// <summary>Of the places left, those that only <see cref="HeldBackForId"/> may take until <see cref="HeldBackUntil"/>.</summary>
    public int HeldBackLeft { get; init; }
    public Guid? HeldBackForId { get; init; }

    /// <summary>The name of that sector.</summary>
    public string? HeldBackFor { get; init; }
    public DateTimeOffset? HeldBackUntil { get; init; }
    public required RunState State { get; init; }
    public required int ChangeNumber { get; init; }
    public required string? Venue { get; init; }
    public required string? Address { get; init; }

    /// <summary>Of the venue; null online.</summary>
    public string? Town { get; init; }

    /// <inheritdoc cref="Town"/>
    public string? Postcode { get; init; }
    public required Guid? AreaId { get; init; }
    public required string? Area { get; init; }
    public required bool IsForEveryArea { get; init; }
    public required string? Provider { get; init; }

    /// <summary>Visitors see its course, which is neither a draft nor archived.</summary>
    public required bool IsPublic { get; init; }

    /// <summary>The course about which people are asked who come to it; null when they are asked about none.</summary>
    public Prerequisite? Prerequisite { get; init; }

    /// <summary>What everybody pays who is of no other class.</summary>
    public required int? Pence { get; init; }
    public required PriceSource? PricedBy { get; init; }
    public required CourseLength? Length { get; init; }
    public required DateOnly? PricedFrom { get; init; }

    /// <summary>What other classes of payers pay; null when all pay the same.</summary>
    public ClassPrices? ClassPrices { get; init; }

    /// <summary>Of who books, once they said where they work: then <see cref="Price"/> is theirs.</summary>
    public Guid? PayerClassId { get; init; }

    /// <summary>After this instant nobody books.</summary>
    public DateTimeOffset ClosesAt => BooksUntil < StartsAt ? BooksUntil.Value : StartsAt;

    /// <summary>Booking has closed, and it has not begun.</summary>
    public bool IsClosedAt(DateTimeOffset now) => ClosesAt <= now && now < StartsAt;

    /// <summary>The places that are kept for one sector at this moment.</summary>
    public int HeldBackAt(DateTimeOffset now) => now < HeldBackUntil ? Math.Min(HeldBackLeft, PlacesLeft) : 0;

    /// <summary>The places that anybody may take.</summary>
    public int LeftAt(DateTimeOffset now) => LeftFor(null, now);

    /// <summary>The places that somebody of this sector may take who has no offer; null is a sector that is not known. As long as booking is open,
    /// the waiting list comes first. The database says the same in places_left_for.</summary>
    public int LeftFor(Guid? sectorId, DateTimeOffset now) =>
        Math.Max(0, PlacesLeft - HeldBackAt(now) - (now < ClosesAt ? PlacesWaitedFor : 0))
        + (sectorId is { } sector && sector == HeldBackForId ? HeldBackAt(now) : 0);

    /// <summary>What is free and owed to the waiting list.</summary>
    public int OwedToWaitingAt(DateTimeOffset now) => now < ClosesAt ? Math.Min(PlacesWaitedFor, Math.Max(0, PlacesLeft - HeldBackAt(now))) : 0;

    /// <summary>No place for anybody, though perhaps for the sector for which some are held.</summary>
    public bool IsFullAt(DateTimeOffset now) => LeftAt(now) == 0;

    /// <summary>"4 places are held for Police until 1 December 2026."; null when none are.</summary>
    public string? HeldBackWords(DateTimeOffset now) => HeldBackAt(now) switch
    {
        0 => null,
        1 => $"1 place is {HeldFor}.",
        var held => $"{held} places are {HeldFor}.",
    };

    private string HeldFor => $"held for {HeldBackFor} until {(HeldBackUntil is { } until ? London.Words(HeldBack.LastDayOf(until)) : "")}";

    /// <summary>Null when nothing says what it costs: then it cannot be booked online.</summary>
    public Price? Price => Pence is { } pence && PricedBy is { } source ? RunPrice.Words(pence, source, Length, PricedFrom, ClassPrices, PayerClassId) : null;

    /// <summary>The price of each class, everybody's first; empty when nothing says what it costs.</summary>
    public IEnumerable<Price> EachPrice => Price is not { } price ? [] : [
        price with { Others = null },
        .. price.Others?.All.Select(one => RunPrice.OfClass(one, price.Rule)) ?? []];

    /// <summary>Whether it can be booked online, if there are places: booking has not closed, something says what it costs, and
    /// its course is public.</summary>
    public bool IsOpenAt(DateTimeOffset now) => State == RunState.Scheduled && now < ClosesAt && Pence is not null && IsPublic;

    /// <summary>Whether it took place: not cancelled, and over. <see cref="DateLines.Delivered"/> says the same of rows.</summary>
    public bool IsDeliveredAt(DateTimeOffset now) => State == RunState.Scheduled && EndsAt <= now;

    /// <summary>"Sat 6 Feb 2027".</summary>
    public string DayWords => dayWords ??= London.DayWords(RunsOn);

    /// <summary>In their order; at least one.</summary>
    public IReadOnlyList<Meeting> EachMeeting => Meetings?.All ?? [new(StartsAt, EndsAt)];

    /// <summary>"9:30am to 12:30pm", and after it the days of further meetings.</summary>
    public string TimeWords => timeWords ??= MeetingWords.Times(EachMeeting);

    /// <summary>"9:30am to 12:30pm", and "UK time" where people join from elsewhere: online.</summary>
    public string TimeInFull => Delivery == DeliveryMode.Online ? MeetingWords.Times(EachMeeting, " UK time") : TimeWords;

    /// <summary>"Saturday 6 February 2027, 9:30am to 12:30pm".</summary>
    public string When => $"{London.LongWords(RunsOn)}, {TimeInFull}";

    /// <summary>"Online", the venue's name, or that it is told later.</summary>
    public string Where => Delivery switch
    {
        DeliveryMode.Online => "Online",
        DeliveryMode.InPerson => Venue ?? "Venue to be confirmed",
    };

    /// <summary>The same, with the venue's address.</summary>
    public string WhereInFull => Delivery == DeliveryMode.InPerson && Venue is not null && !string.IsNullOrEmpty(Address) ? $"{Venue}, {Address}" : Where;

    /// <summary>What is left for anybody, or that booking has closed.</summary>
    public string PlacesWords(DateTimeOffset now) => IsClosedAt(now) ? "Booking has closed" : LeftAt(now) switch
    {
        0 => "Full",
        1 => "1 place left",
        var left => $"{left} places left",
    };

    /// <summary>"Saturday", "Sunday" or "Twilight"; null for the usual weekday.</summary>
    public string? SlotWord => Slot switch
    {
        RunSlot.Weekday => null,
        RunSlot.Saturday => "Saturday",
        RunSlot.Sunday => "Sunday",
        RunSlot.Twilight => "Twilight",
    };
}

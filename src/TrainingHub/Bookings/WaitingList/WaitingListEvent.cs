using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingHub.Bookings;

internal enum WaitingEventKind
{
    Joined,
    Offered,
    Booked,
    Declined,
    Lapsed,

    /// <summary>Staff took the offer back.</summary>
    Withdrawn,
    SetAside,
    PutBack,
    Preferred,
    NotPreferred,
    FewerPlaces,
    Left,
    TakenOff,
    Closed,
    WaitsAgain,
}

/// <summary>What became of somebody who waits, as their own page and staff see it. Says when, and nothing about a person.</summary>
internal sealed class WaitingListEvent
{
    public required Guid Id { get; init; }
    public required Guid EntryId { get; init; }
    public required WaitingEventKind Kind { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>Of an offer.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Adds it to what is saved next.</summary>
    public static void Add(TrainingHubDb db, Guid entryId, WaitingEventKind kind, DateTimeOffset now, DateTimeOffset? until = null) =>
        db.Add(new WaitingListEvent { Id = Guid.CreateVersion7(now), EntryId = entryId, Kind = kind, At = now, Until = until });

    public string Words => Kind switch
    {
        WaitingEventKind.Joined => "Joined the list",
        WaitingEventKind.Offered => Until is { } until ? $"Offered, until {Platform.London.Moment(until)}" : "Offered",
        WaitingEventKind.Booked => "Took the offer and booked",
        WaitingEventKind.Declined => "Declined the offer",
        WaitingEventKind.Lapsed => "The offer ended without an answer",
        WaitingEventKind.Withdrawn => "The training team took the offer back",
        WaitingEventKind.SetAside => "Set aside by the training team",
        WaitingEventKind.PutBack => "Put back in the order",
        WaitingEventKind.Preferred => "Put before others by the training team",
        WaitingEventKind.NotPreferred => "Waits in the order of joining again",
        WaitingEventKind.FewerPlaces => "Asked for fewer places",
        WaitingEventKind.Left => "Left the list",
        WaitingEventKind.TakenOff => "Taken off the list by the training team",
        WaitingEventKind.Closed => "The list closed without a place",
        WaitingEventKind.WaitsAgain => "Waits again",
    };
}

internal sealed class WaitingListEventMap : IEntityTypeConfiguration<WaitingListEvent>
{
    public void Configure(EntityTypeBuilder<WaitingListEvent> builder)
    {
        builder.HasIndex(one => one.EntryId);
        builder.HasOne<WaitingListEntry>().WithMany().HasForeignKey(one => one.EntryId);
    }
}

using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingHub.Catalogue;
using TrainingHub.People;

namespace TrainingHub.Bookings;

internal enum WaitingState
{
    Waiting,

    /// <summary>Places are kept for them until a moment.</summary>
    Offered,

    /// <summary>Staff have set them aside with a reason: they keep their place in the order, and others are offered what is free.</summary>
    SetAside,
    Booked,
    Declined,

    /// <summary>They did not answer an offer in time.</summary>
    Lapsed,

    /// <summary>By themselves, taken off by staff, or with a cancelled date.</summary>
    Left,

    /// <summary>Booking closed before there was a place.</summary>
    Closed,
}

/// <summary>
/// Somebody who waits for places on a full date: all that they want, or none. One live entry a person and date. What is waited for and
/// offered is counted in the date's row by triggers, so whoever changes an entry locks the date first.
/// </summary>
internal sealed class WaitingListEntry
{
    public const string LinkPurpose = "waiting-list";
    public const int MostPlaces = 10;

    public static readonly Expression<Func<WaitingListEntry, bool>> IsLive =
        entry => entry.State == WaitingState.Waiting || entry.State == WaitingState.Offered || entry.State == WaitingState.SetAside;

    private string name = "";
    private string email = "";
    private string emailKey = "";
    private string nameKey = "";
    private int placesWanted;

    public required Guid Id { get; init; }
    public required Guid RunId { get; init; }
    public required string Name { get => name; init => name = value; }
    public required string Email { get => email; init => email = value; }
    public required string EmailKey { get => emailKey; init => emailKey = value; }
    public required string NameKey { get => nameKey; init => nameKey = value; }
    public required int PlacesWanted { get => placesWanted; init => placesWanted = value; }
    public required DateTimeOffset CreatedAt { get; init; }
    public WaitingState State { get; private set; }

    /// <summary>Before all others. Given by staff, with a reason in history.</summary>
    public bool IsPriority { get; private set; }

    /// <summary>Exactly while offered.</summary>
    public DateTimeOffset? OfferedUntil { get; private set; }

    /// <summary>The booking that took the offer.</summary>
    public Guid? BookingId { get; private set; }

    public bool Waits => State is WaitingState.Waiting or WaitingState.Offered or WaitingState.SetAside;

    public bool IsOfferedAt(DateTimeOffset now) => State == WaitingState.Offered && now < OfferedUntil;

    /// <summary>The same person at the same place in the queue, under another name or address.</summary>
    public void Correct(string correctName, string correctEmail)
    {
        var key = PersonKey.Of(correctEmail, correctName);
        (name, email, nameKey, emailKey) = (correctName, correctEmail, key.Name, key.Email);
    }

    public void Offer(DateTimeOffset until) => (State, OfferedUntil) = (WaitingState.Offered, until);

    public void Prefer(bool isPriority) => IsPriority = isPriority;

    /// <summary>A smaller group keeps its place in the queue.</summary>
    public void WantFewer(int places)
    {
        if (places < 1 || places >= placesWanted)
        {
            throw new ArgumentOutOfRangeException(nameof(places));
        }

        placesWanted = places;
    }

    /// <summary>Nothing is waited for any more, or not for now.</summary>
    public void End(WaitingState state) => (State, OfferedUntil) = (state, null);

    public void Leave() => End(WaitingState.Left);

    /// <summary>At the same place in the order.</summary>
    public void WaitAgain() => End(WaitingState.Waiting);
}

internal sealed class WaitingListEntryMap : IEntityTypeConfiguration<WaitingListEntry>
{
    public void Configure(EntityTypeBuilder<WaitingListEntry> builder)
    {
        builder.Property(entry => entry.Name).HasMaxLength(Person.NameLength);
        builder.Property(entry => entry.Email).HasMaxLength(Person.EmailLength);
        builder.Property(entry => entry.IsPriority).HasDefaultValue(false);
        builder.HasIndex(entry => new { entry.RunId, entry.CreatedAt });
        builder.HasIndex(entry => new { entry.RunId, entry.EmailKey, entry.NameKey }).IsUnique().HasFilter("state in ('Waiting', 'Offered', 'SetAside')");
        builder.HasOne<CourseRun>().WithMany().HasForeignKey(entry => entry.RunId);
        builder.HasOne<Booking>().WithMany().HasForeignKey(entry => entry.BookingId);
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_waiting_list_entries_places_wanted", "places_wanted between 1 and 10");
            table.HasCheckConstraint("ck_waiting_list_entries_offered", "(state = 'Offered') = (offered_until is not null)");
        });
    }
}

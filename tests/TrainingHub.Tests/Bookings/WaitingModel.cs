using TrainingHub.Bookings;

namespace TrainingHub.Tests.Bookings;

/// <summary>Free places that an organisation was given for the year.</summary>
internal sealed class ModelAward(Guid id)
{
    public const int Places = 3;

    public Guid Id => id;
    public int Used { get; set; }
}

/// <param name="places">On the date; those that moved away are counted apart.</param>
/// <param name="isOfSector"></param>
internal sealed class ModelBooking(int places, bool isOfSector = false)
{
    /// <summary>As the program calls it.</summary>
    public Guid Id { get; set; }
    public int Places { get; set; } = places;
    public int Elsewhere { get; set; }
    public bool IsOfSector => isOfSector;
    public bool IsByCard { get; set; }

    /// <summary>Of an application that is not decided.</summary>
    public Guid? Application { get; set; }
    public ModelAward? Award { get; set; }

    public bool HasRoom => Award is null || Award.Used + Places + Elsewhere <= ModelAward.Places;
}

internal sealed class ModelEntry(int number, int places)
{
    public int Number => number;

    /// <summary>As the program calls it.</summary>
    public Guid Id { get; set; }
    public int Places { get; set; } = places;
    public WaitingState State { get; set; }
    public bool IsFirst { get; set; }

    /// <summary>An offer that has ended, which the list has not seen to yet.</summary>
    public bool IsOver { get; set; }

    public bool Waits => State is WaitingState.Waiting or WaitingState.Offered or WaitingState.SetAside;
}

/// <summary>
/// A date and its waiting list as they are meant to be, in numbers alone: so many places, so many people in each booking, places held for a
/// sector, free places used, and who waits in which order. Knows no SQL, no time and no locks.
/// </summary>
internal sealed class WaitingModel(int capacity)
{
    public int Capacity { get; private set; } = capacity;

    /// <summary>What staff took over the capacity, saying why.</summary>
    public int Extra { get; private set; }
    public int Held { get; private set; }

    /// <summary>The day has come: nothing is held any more.</summary>
    public bool IsHeldOver { get; set; }
    public List<ModelBooking> Bookings { get; } = [];
    public List<ModelBooking> Lapsed { get; } = [];

    /// <summary>Cancelled by staff, who can still undo it.</summary>
    public List<ModelBooking> Undoable { get; } = [];
    public List<ModelEntry> Entries { get; } = [];

    public int Taken => Bookings.Sum(booking => booking.Places);
    public int TakenOfSector => Held == 0 ? 0 : Bookings.Where(booking => booking.IsOfSector).Sum(booking => booking.Places);
    public int Offered => Entries.Where(entry => entry.State == WaitingState.Offered).Sum(entry => entry.Places);
    public int WaitedFor => Entries.Where(entry => entry.State is WaitingState.Offered or WaitingState.Waiting).Sum(entry => entry.Places);

    private int Left => Math.Max(0, Capacity - Taken);
    private int HeldUnused => Math.Max(0, Held - TakenOfSector);
    private int HeldLeft => IsHeldOver ? 0 : Math.Min(Left, HeldUnused);

    public bool Book(ModelBooking booking) => Seat(booking, LeftFor(booking.IsOfSector));

    /// <param name="booking"></param>
    /// <param name="isBefore">Before whoever waits, and over the places.</param>
    public bool StaffBook(ModelBooking booking, bool isBefore)
    {
        var given = IsHeldOver ? 0 : Math.Clamp(booking.Places - Math.Max(0, Left - HeldUnused - WaitedFor), 0, HeldUnused);
        Held -= given;
        if (!isBefore && booking.Places > LeftFor(isOfSector: false))
        {
            Held += given;
            return false;
        }

        Bookings.Add(booking);
        Extra = Math.Max(Extra, Taken + Offered - Capacity);
        return true;
    }

    public static void Approve(ModelBooking booking, Guid award) =>
        (booking.Application, booking.Award) = (null, new(award) { Used = booking.Places + booking.Elsewhere });

    public void End(ModelBooking booking)
    {
        Bookings.Remove(booking);
        if (booking.Award is { } award)
        {
            award.Used -= booking.Places + booking.Elsewhere;
        }
    }

    public void MoveAway(ModelBooking booking)
    {
        (booking.Places, booking.Elsewhere) = (booking.Places - 1, booking.Elsewhere + 1);
        if (booking.Places == 0)
        {
            Bookings.Remove(booking);
        }
    }

    public bool PayLate(ModelBooking booking) => Book(booking) && Lapsed.Remove(booking);

    /// <summary>Before whoever waits and has no offer.</summary>
    public bool TakeBack(ModelBooking booking) => Seat(booking, NotOffered + (booking.IsOfSector ? HeldLeft : 0)) && Undoable.Remove(booking);

    /// <summary>Staff change capacity and held places.</summary>
    public bool Change(int capacity, int held, bool isNewDay)
    {
        if ((capacity == Capacity && held == Held && !isNewDay) || capacity < Math.Min(Capacity, Taken + Offered) || capacity < held)
        {
            return false;
        }

        var ofSector = Bookings.Where(booking => booking.IsOfSector).Sum(booking => booking.Places);
        if (held > 0 && (isNewDay || !IsHeldOver) && held > Math.Max(0, capacity - Taken - Offered) + ofSector)
        {
            return false;
        }

        (Capacity, Held, IsHeldOver) = (capacity, held, IsHeldOver && !isNewDay && held > 0);
        return true;
    }

    public bool Join(int places)
    {
        if (LeftFor(isOfSector: false) >= places)
        {
            return false;
        }

        Entries.Add(new(Entries.Count, places));
        return true;
    }

    public bool Accept(ModelEntry entry, ModelBooking booking)
    {
        if (entry is not { State: WaitingState.Offered, IsOver: false })
        {
            return false;
        }

        entry.State = WaitingState.Booked;
        Bookings.Add(booking);
        return true;
    }

    public void End(ModelEntry entry)
    {
        entry.State = entry is { State: WaitingState.Offered, IsOver: false } ? WaitingState.Declined : WaitingState.Left;
        OfferDue();
    }

    public bool WantFewer(ModelEntry entry, int places)
    {
        if (entry.State == WaitingState.Offered || places >= entry.Places)
        {
            return false;
        }

        entry.Places = places;
        OfferDue();
        return true;
    }

    public bool Change(ModelEntry entry, WaitingState from, WaitingState to)
    {
        if (entry.State != from)
        {
            return false;
        }

        entry.State = to;
        OfferDue();
        return true;
    }

    public void Prefer(ModelEntry entry)
    {
        entry.IsFirst = !entry.IsFirst;
        OfferDue();
    }

    /// <summary>Staff say why, also where others are before them.</summary>
    public bool OfferByHand(ModelEntry entry)
    {
        if (entry.State == WaitingState.Offered || entry.Places > ForTheList)
        {
            return false;
        }

        entry.State = WaitingState.Offered;
        return true;
    }

    public void OfferDue()
    {
        foreach (var over in Entries.Where(entry => entry is { State: WaitingState.Offered, IsOver: true }))
        {
            over.State = WaitingState.Lapsed;
        }

        while (Entries.Where(entry => entry.State == WaitingState.Waiting).OrderByDescending(entry => entry.IsFirst).ThenBy(entry => entry.Number).FirstOrDefault() is { } next
            && next.Places <= ForTheList)
        {
            next.State = WaitingState.Offered;
        }
    }

    /// <summary>For who passes by: the list comes first, and what is held for a sector is only for it.</summary>
    private int LeftFor(bool isOfSector) => Math.Max(0, Left - HeldLeft - WaitedFor) + (isOfSector ? HeldLeft : 0);

    private int NotOffered => Math.Max(0, Left - HeldLeft - Offered);

    /// <summary>Not what staff may take back.</summary>
    private int ForTheList => NotOffered - Undoable.Sum(booking => booking.Places);

    private bool Seat(ModelBooking booking, int left)
    {
        if (booking.Places > left || !booking.HasRoom)
        {
            return false;
        }

        Bookings.Add(booking);
        if (booking.Award is { } award)
        {
            award.Used += booking.Places + booking.Elsewhere;
        }

        return true;
    }
}

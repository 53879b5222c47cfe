using TrainingHub.Bookings;

namespace TrainingHub.Tests.Bookings;

/// <summary>What may happen to a date with a waiting list.</summary>
internal enum WaitingStepKind
{
    Book,
    HoldByCard,
    Add,
    Cancel,
    Lapse,
    Swap,
    MoveAway,
    MoveHere,
    Join,
    OfferDue,
    Accept,
    Decline,
    OfferEnds,
    WantFewer,
    SetAside,
    PutBack,
    Prefer,
    RaiseCapacity,
}

/// <param name="Kind"></param>
/// <param name="Which">Which of those there are, however many.</param>
/// <param name="Places">From 1 to 3.</param>
internal sealed record WaitingStep(WaitingStepKind Kind, int Which, int Places)
{
    public override string ToString() => $"{Kind} {Which} {Places}";
}

internal sealed class ModelEntry(int number, int places)
{
    public int Number => number;
    public int Places { get; set; } = places;
    public WaitingState State { get; set; }
    public bool IsFirst { get; set; }

    /// <summary>An offer that has ended, which the list has not seen to yet.</summary>
    public bool IsOver { get; set; }

    public bool Waits => State is WaitingState.Waiting or WaitingState.Offered or WaitingState.SetAside;
}

/// <summary>
/// A date and its waiting list as they are meant to be, in numbers alone: so many places, so many people in each booking, and who waits in
/// which order. Knows no SQL, no time and no locks.
/// </summary>
internal sealed class WaitingModel(int capacity)
{
    public int Capacity { get; private set; } = capacity;
    public List<int> Bookings { get; } = [];
    public List<ModelEntry> Entries { get; } = [];

    public int Taken => Bookings.Sum();
    public int Offered => Entries.Where(entry => entry.State == WaitingState.Offered).Sum(entry => entry.Places);
    public int WaitedFor => Entries.Where(entry => entry.State is WaitingState.Offered or WaitingState.Waiting).Sum(entry => entry.Places);

    /// <summary>For who passes by.</summary>
    public int Left => Math.Max(0, Capacity - Taken - WaitedFor);

    public bool Book(int places)
    {
        if (places > Left)
        {
            return false;
        }

        Bookings.Add(places);
        return true;
    }

    public bool Join(int places)
    {
        if (Left >= places)
        {
            return false;
        }

        Entries.Add(new(Entries.Count, places));
        return true;
    }

    public bool Accept(ModelEntry entry)
    {
        if (entry is not { State: WaitingState.Offered, IsOver: false })
        {
            return false;
        }

        entry.State = WaitingState.Booked;
        Bookings.Add(entry.Places);
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

    public void RaiseCapacity() => Capacity++;

    public void OfferDue()
    {
        foreach (var over in Entries.Where(entry => entry is { State: WaitingState.Offered, IsOver: true }))
        {
            over.State = WaitingState.Lapsed;
        }

        while (Entries.Where(entry => entry.State == WaitingState.Waiting).OrderByDescending(entry => entry.IsFirst).ThenBy(entry => entry.Number).FirstOrDefault() is { } next
            && next.Places <= Capacity - Taken - Offered)
        {
            next.State = WaitingState.Offered;
        }
    }
}

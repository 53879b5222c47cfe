namespace TrainingHub.Tests.Bookings;

/// <summary>What may happen to a date with a waiting list.</summary>
internal enum WaitingStepKind
{
    Book,
    HoldByCard,

    /// <summary>Another order, for people of the sector for which places may be held.</summary>
    BookOfSector,
    Add,

    /// <summary>Staff book, and take what is held for the sector when nothing else is left.</summary>
    StaffBook,

    /// <summary>Staff book before whoever waits, and over the places, and say why.</summary>
    StaffBookBefore,
    Apply,
    Approve,
    Decline,
    BookByAward,
    Cancel,
    Lapse,

    /// <summary>Money comes for a hold that has lapsed.</summary>
    PayLate,
    StaffCancel,

    /// <summary>Staff undo the last of their cancellings.</summary>
    TakeBack,

    /// <summary>What staff cancelled cannot be undone any more.</summary>
    UndoEnds,
    Swap,
    MoveAway,
    MoveHere,

    /// <summary>A booker moves a place of their own to this date.</summary>
    MoveOwnHere,
    Join,
    OfferDue,
    Accept,

    /// <summary>By somebody of the sector for which places may be held.</summary>
    AcceptOfSector,
    DeclineOffer,
    OfferEnds,
    WantFewer,
    SetAside,
    PutBack,
    Prefer,
    OfferByHand,
    RaiseCapacity,
    CutCapacity,

    /// <summary>Staff hold so many places for the sector.</summary>
    HoldForSector,

    /// <summary>Staff hold none any more.</summary>
    HoldNone,

    /// <summary>The day comes until which they were held.</summary>
    HeldDayComes,
}

/// <param name="Kind"></param>
/// <param name="Which">Which of those there are, however many.</param>
/// <param name="Places">From 1 to 3.</param>
internal sealed record WaitingStep(WaitingStepKind Kind, int Which, int Places)
{
    public override string ToString() => $"{Kind} {Which} {Places}";
}

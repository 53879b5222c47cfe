namespace TrainingHub.Platform;

internal enum UndoRefusal
{
    /// <summary>Nothing is kept of it any more, or there never was such an act.</summary>
    Gone,
    UndoneBefore,

    /// <summary>People have been told.</summary>
    EmailsSent,

    /// <summary>Stripe was asked for the refund, or it was paid back by hand.</summary>
    MoneySent,

    /// <summary>Somebody has done something to the record since.</summary>
    ChangedSince,

    /// <summary>Somebody else has the seat.</summary>
    SeatTaken,

    /// <summary>The course has begun.</summary>
    Begun,
}

/// <summary>Why an act cannot be undone, or not any more.</summary>
/// <param name="Why"></param>
/// <param name="Words">One sentence, for staff.</param>
internal sealed record UndoRefused(UndoRefusal Why, string Words)
{
    public static readonly UndoRefused Gone = new(UndoRefusal.Gone, $"It was done more than {UndoableAct.KeptFor.Days} days ago.");

    public static readonly UndoRefused SeatTaken = new(UndoRefusal.SeatTaken, "The seat has been given to somebody else since.");

    public static readonly UndoRefused Begun = new(UndoRefusal.Begun, "The course has begun.");

    /// <param name="what">"The booking".</param>
    public static UndoRefused Changed(string what) => new(UndoRefusal.ChangedSince, $"{what} has changed since.");

    public static UndoRefused ChangedBy(HistoryEntry later, DateTimeOffset now) =>
        new(UndoRefusal.ChangedSince, $"Changed since by {later.Actor} {When(later.At, now)}: {char.ToLowerInvariant(later.Act[0])}{later.Act[1..]}.");

    public static UndoRefused Before(HistoryEntry undone, DateTimeOffset now) =>
        new(UndoRefusal.UndoneBefore, $"{undone.Actor} undid it {When(undone.At, now)}.");

    /// <param name="address">Of the only one; null when there are more.</param>
    /// <param name="at">When the first one went out.</param>
    /// <param name="now"></param>
    public static UndoRefused Sent(string? address, DateTimeOffset at, DateTimeOffset now) =>
        new(UndoRefusal.EmailsSent, $"{(address is null ? "The emails" : $"The email to {address}")} went out {When(at, now)}.");

    /// <summary>"at 14:32" of today, "on 3 March 2027 at 14:32" of another day.</summary>
    public static string When(DateTimeOffset at, DateTimeOffset now) =>
        London.DateOf(at) == London.DateOf(now) ? $"at {London.Words(TimeOnly.FromDateTime(London.At(at)))}" : $"on {London.Moment(at)}";
}

using TrainingHub.Platform.Email;

namespace TrainingHub.Platform;

/// <summary>
/// Makes an act of staff one that can be undone, in the act's own transaction: begun before the act adds an email, ended before it saves
/// the last time. The emails that it added in between wait for <see cref="UndoableAct.Hold"/>.
/// </summary>
internal sealed class KeepUndo
{
    private readonly TrainingHubDb db;
    private readonly HashSet<Guid> earlier;

    private KeepUndo(TrainingHubDb db, DateTimeOffset now)
    {
        (this.db, At, Id) = (db, now, Guid.CreateVersion7(now));
        earlier = [.. db.ChangeTracker.Entries<OutgoingEmail>().Select(entry => entry.Entity.Id)];
    }

    /// <summary>For the act's entry of history, and for what follows from it.</summary>
    public Guid Id { get; }

    /// <summary>The act's one instant, by which its undo knows what it did: all that it writes bears it.</summary>
    public DateTimeOffset At { get; }

    public DateTimeOffset HeldUntil => At + UndoableAct.Hold;

    public static KeepUndo Begin(TrainingHubDb db, DateTimeOffset now) => new(db, now);

    /// <param name="kind">Registered by <see cref="UndoRegistration.AddUndo{T}"/>.</param>
    /// <param name="subjectId">What was changed.</param>
    /// <param name="before">What the undo needs to know; ids and states, never a name.</param>
    /// <param name="movesMoney">Whether a refund was decided with it.</param>
    public void End<T>(string kind, Guid subjectId, T before, bool movesMoney = false)
    {
        var emails = db.ChangeTracker.Entries<OutgoingEmail>().Where(entry => !earlier.Contains(entry.Entity.Id)).ToList();
        foreach (var email in emails)
        {
            email.Property(one => one.DueAt).CurrentValue = HeldUntil;
            email.Property(one => one.ActId).CurrentValue = Id;
        }

        db.Add(new UndoableAct
        {
            Id = Id,
            Kind = kind,
            SubjectId = subjectId,
            At = At,
            HeldUntil = emails.Count > 0 || movesMoney ? HeldUntil : null,
            Before = UndoableAct.Form(before),
        });
    }
}

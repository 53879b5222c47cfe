using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;

namespace TrainingHub.Catalogue;

/// <summary>
/// Adds a version of the cancellation policy that begins today or later. None is ever changed: a booking keeps the one that it accepted,
/// and of two that begin on one day the later one counts. The key of the form makes a second click harmless.
/// </summary>
internal sealed class SaveCancellationPolicy(TrainingHubDb db, TimeProvider clock)
{
    /// <returns>False when its day is past.</returns>
    public async Task<bool> AddAsync(CancellationFacts facts, Guid key, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (facts.StartsOn < London.DateOf(now))
        {
            return false;
        }

        if (await db.CancellationPolicies.AnyAsync(policy => policy.Id == key, ct))
        {
            return true;
        }

        var added = facts.ToPolicy(key, now);
        var before = await CancellationPolicy.OfAsync(db, added.StartsOn, ct);
        db.Add(added);
        HistoryEntry.Add<CancellationPolicy>(
            db, key, by, $"Cancellation policy from {London.Words(added.StartsOn)} added", HistoryChange.Of([.. Changes(before, added)]), now, added.Reason);
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException clash) when (clash.InnerException is Npgsql.PostgresException { ConstraintName: "pk_cancellation_policies" })
        {
            db.ChangeTracker.Clear();
        }

        return true;
    }

    private static IEnumerable<HistoryChange> Changes(CancellationPolicy? before, CancellationPolicy added)
    {
        var (was, now) = (before is null ? [] : Facts(before).ToList(), Facts(added).ToList());
        return now.Select((fact, at) => new HistoryChange(fact.What, was.Count > at ? was[at].Words : null, fact.Words));
    }

    /// <summary>What a version says, for staff: what it is about, and the words.</summary>
    public static IEnumerable<(string What, string Words)> Facts(CancellationPolicy policy)
    {
        yield return ("What stays due", CancellationWords.Short(policy));
        yield return ("Free place cancelled late", Sum(policy.FreeLatePence));
        yield return ("Nobody came on a free place, half day", Sum(policy.AbsentHalfDayPence));
        yield return ("Nobody came on a free place, full day", Sum(policy.AbsentFullDayPence));
        yield return ("Moves by the booker", policy.MostMoves == 0 ? "None" : $"{policy.MostMoves}, until {policy.MoveWorkingDays} working days before");
        yield return ("Late", policy.LateMinutes == 0 ? "Nothing said" : $"{policy.LateMinutes} minutes");
        yield return ("Reasons to waive", string.Join(", ", policy.WaiverReasons));
    }

    private static string Sum(int pence) => pence == 0 ? "Nothing" : new Money(pence).ToString();
}

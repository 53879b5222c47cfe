using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;

namespace TrainingHub.People;

/// <summary>
/// Somebody who is signed in proves that it is they, which opens for ten minutes what asks for it, in this session alone. Each proof and
/// each one refused is in the history, without what was typed; of those that were not looked at, the first of a quarter of an hour.
/// </summary>
internal sealed class ConfirmStaff(TrainingHubDb db, IStaffProof proof, SessionClock sessions, Tries tries, TimeProvider clock)
{
    /// <returns>Why it proves nothing, or null.</returns>
    public async Task<SignInRefusal?> RunAsync(Actor by, byte[] session, string given, CancellationToken ct)
    {
        if (await proof.WhyNotAsync(by.Id, given, ct) is not { } refusal)
        {
            await RecordAsync(by, session, "Identity confirmed", note: null, ct);
            return null;
        }

        var why = refusal switch
        {
            SignInRefusal.NotRight => await proof.IsByCodeAsync(by.Id, ct) ? "The code was wrong" : "The password was wrong",
            SignInRefusal.TooMany => await tries.TakeAsync(SignInHistory.LinesOfAccount, $"{by.Id}\nconfirm", ct) is null ? "There were too many tries" : null,
            // Nothing was looked at.
            SignInRefusal.Busy => null,
        };
        if (why is not null)
        {
            HistoryEntry.Add<StaffUser>(db, by.Id, by, "Identity not confirmed", [], clock.GetUtcNow(), why);
            await db.SaveChangesAsync(ct);
        }

        return refusal;
    }

    /// <summary>The provider has asked the person anew; its tokens take the place of those before.</summary>
    /// <param name="by">Who is signed in.</param>
    /// <param name="session">In which session.</param>
    /// <param name="anew">With the tokens encrypted.</param>
    /// <param name="ct">To stop.</param>
    public async Task ByWorkAccountAsync(Actor by, byte[] session, WorkAccountSession anew, CancellationToken ct)
    {
        DateTimeOffset? now = sessions.GetUtcNow();
        await db.StaffSessions.Where(one => one.KeyHash == session && one.StaffUserId == by.Id && one.Subject == anew.Subject).ExecuteUpdateAsync(set => set
            .SetProperty(one => one.RefreshToken, anew.RefreshToken).SetProperty(one => one.IdToken, anew.IdToken)
            .SetProperty(one => one.ProviderSession, anew.ProviderSession).SetProperty(one => one.CheckedAt, now), ct);
        await RecordAsync(by, session, "Identity confirmed", "By the work account", ct);
    }

    /// <summary>What came back from the provider proves nothing.</summary>
    public async Task NotByWorkAccountAsync(Actor by, string why, CancellationToken ct)
    {
        HistoryEntry.Add<StaffUser>(db, by.Id, by, "Identity not confirmed", [], clock.GetUtcNow(), why);
        await db.SaveChangesAsync(ct);
    }

    /// <summary>In the demonstration a click is proof enough, as it is at the door.</summary>
    public Task RunInDemoAsync(Actor by, byte[] session, CancellationToken ct) => RecordAsync(by, session, "Identity confirmed by a click, in the demonstration", note: null, ct);

    private async Task RecordAsync(Actor by, byte[] session, string act, string? note, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        DateTimeOffset? now = sessions.GetUtcNow();
        // A session that ended meanwhile proves nothing any more.
        if (await db.StaffSessions.Where(one => one.KeyHash == session && one.StaffUserId == by.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.ProvedAt, now), ct) > 0)
        {
            HistoryEntry.Add<StaffUser>(db, by.Id, by, act, [], clock.GetUtcNow(), note);
            await db.SaveChangesAsync(ct);
        }

        await transaction.CommitAsync(ct);
    }
}

using TrainingHub.Platform;

namespace TrainingHub.People;

/// <summary>
/// What History says of signing in and out. Sign-ins and sign-outs have a line each. A refused try has one if it is the first of its
/// kind for that account within a quarter of an hour: a flood leaves two lines an account, and for addresses that have no account no more than
/// twenty an hour in all, under an empty id. Never what was typed. The statements are the same whether there is an account or not.
/// </summary>
internal sealed class SignInHistory(TrainingHubDb db, Tries tries, TimeProvider clock)
{
    public const string Refused = "Sign-in refused";
    public static readonly TryBound LinesOfAccount = new("sign-in-line", Most: 1, TimeSpan.FromMinutes(15));
    public static readonly TryBound LinesOfStrangers = new("sign-in-lines", Most: 20, TimeSpan.FromHours(1));

    private static readonly Actor Somebody = new(Guid.Empty, "somebody not signed in");

    /// <param name="user">Null when there is no such account.</param>
    /// <param name="account">What tries are counted by; it is not written down.</param>
    /// <param name="why">In words.</param>
    /// <param name="ct">To stop.</param>
    public async Task RefusedAsync(Guid? user, string account, string why, CancellationToken ct)
    {
        if (await tries.TakeAsync(LinesOfAccount, $"{account}\n{why}", ct) is not null
            || await tries.TakeAsync(LinesOfStrangers, user is null ? "" : $"{user}\n{why}", ct) is not null)
        {
            return;
        }

        await AddAsync(user ?? Guid.Empty, Somebody, Refused, why, ct);
    }

    public Task SignedInAsync(StaffUser user, string how, CancellationToken ct) => AddAsync(user.Id, new(user.Id, user.Name), "Signed in", how, ct);

    public Task SignedOutAsync(Actor by, CancellationToken ct) => AddAsync(by.Id, by, "Signed out", why: null, ct);

    private async Task AddAsync(Guid user, Actor by, string act, string? why, CancellationToken ct)
    {
        HistoryEntry.Add<StaffUser>(db, user, by, act, [], clock.GetUtcNow(), why);
        await db.SaveChangesAsync(ct);
    }
}

using TrainingHub.Platform;

namespace TrainingHub.People;

/// <summary>
/// What History says of somebody who is signed in and tries what is not theirs: a page that their roles do not open, a record of somebody else,
/// a change that nobody may make. The first of its kind within an hour has a line, and no account leaves more than <see cref="LinesOfAccount"/>
/// within one, so nobody fills the table. A page is named by its pattern and a record by its id: nothing else that was sent is written down.
/// It is saved apart from whatever the request was about to change.
/// </summary>
internal sealed class RefusedActs(IServiceScopeFactory scopes, Tries tries, TimeProvider clock)
{
    public const string Page = "Page refused";
    public const string Record = "Record refused";
    public const string Roles = "Roles not changed";

    public static readonly TryBound LinesOfKind = new("refused-act-line", Most: 1, TimeSpan.FromHours(1));
    public static readonly TryBound LinesOfAccount = new("refused-act-lines", Most: 30, TimeSpan.FromHours(1));

    /// <param name="by">Who tried.</param>
    /// <param name="method">Of the request.</param>
    /// <param name="pattern">Of the page, as the application declares it.</param>
    /// <param name="ct"></param>
    public Task OfPageAsync(Actor by, string method, string pattern, CancellationToken ct) =>
        AddAsync(by.Id, by, Page, $"{Tried(method, pattern)}. Their roles do not allow it", ct);

    /// <summary>What is not there and what is somebody else's leave the same line.</summary>
    /// <param name="by"></param>
    /// <param name="method"></param>
    /// <param name="pattern"></param>
    /// <param name="record">That was asked for; null where its id is a secret.</param>
    /// <param name="ct"></param>
    public Task OfRecordAsync(Actor by, string method, string pattern, Guid? record, CancellationToken ct) =>
        AddAsync(by.Id, by, Record, $"{Tried(method, pattern)}. It is not theirs, or there is none{(record is { } id ? $": {id}" : "")}", ct, Tried(method, pattern));

    /// <param name="account">Whose roles they would have been.</param>
    /// <param name="by"></param>
    /// <param name="why">In words.</param>
    /// <param name="ct"></param>
    public Task OfRolesAsync(Guid account, Actor by, string why, CancellationToken ct) => AddAsync(account, by, Roles, why, ct);

    private static string Tried(string method, string pattern) =>
        $"{(method is "GET" or "HEAD" ? "Tried to open" : "Tried to send a form to")} /{pattern.TrimStart('/')}";

    private async Task AddAsync(Guid about, Actor by, string act, string note, CancellationToken ct, string? kind = null)
    {
        if (await tries.TakeAsync(LinesOfKind, $"{by.Id}\n{about}\n{act}\n{kind ?? note}", ct) is not null || await tries.TakeAsync(LinesOfAccount, $"{by.Id}", ct) is not null)
        {
            return;
        }

        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TrainingHubDb>();
        HistoryEntry.Add<StaffUser>(db, about, by, act, [], clock.GetUtcNow(), note);
        await db.SaveChangesAsync(ct);
    }
}

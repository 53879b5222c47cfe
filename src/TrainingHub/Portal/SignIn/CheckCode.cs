using Microsoft.EntityFrameworkCore;
using Npgsql;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Web;

namespace TrainingHub.Portal;

internal enum CodeRefusal
{
    /// <summary>It is no code that was mailed to the address within the last minutes, or it was used.</summary>
    NotRight,

    /// <summary>What was asked for has run out, was used, or took too many guesses: another code has to be asked for.</summary>
    RunOut,

    /// <summary>Too many wrong codes from this network.</summary>
    TooMany,
}

/// <summary>
/// Takes a code once. Any code counts that was mailed to the address within its life, so that of two emails either will do. Guesses are
/// counted in the statement that looks, for the page on which they are made: five, however many come at once, on all nodes together. Two
/// that send the same right code at once are told apart by the row.
/// </summary>
internal sealed class CheckCode(NpgsqlDataSource database, TrainingHubDb db, Tries tries, SessionClock sessions, TimeProvider clock)
{
    public static readonly TryBound FromNetwork = new("my-guess-network", Most: 100, TimeSpan.FromMinutes(15));

    /// <summary>Looks and counts in one. Replaced only by the test of what happens otherwise.</summary>
    internal string Guard { get; init; } =
        """
        update sign_in_codes
        set guess_count = guess_count + 1
        where id = $1 and used_at is null and expires_at > $2 and guess_count < $3
        returning email
        """;

    /// <returns>The address whose mailbox this is, as <see cref="EmailAddress.KeyOf"/> gives it, or why not.</returns>
    public async Task<(string? Email, CodeRefusal? Refusal)> RunAsync(Guid asked, string typed, string network, CancellationToken ct)
    {
        if (await tries.TakeAsync(FromNetwork, network, ct) is not null)
        {
            return (null, CodeRefusal.TooMany);
        }

        var now = sessions.GetUtcNow();
        if (await CountAsync(asked, now, ct) is not { } email)
        {
            return (null, CodeRefusal.RunOut);
        }

        if (!await UseAsync(email, typed, now, ct))
        {
            return (null, CodeRefusal.NotRight);
        }

        await tries.GiveBackAsync(FromNetwork, network, ct);
        await ConfirmedAddress.ConfirmAsync(db, email, clock.GetUtcNow(), ct);
        await OrganisationLead.SeenAsync(db, email, clock.GetUtcNow(), ct);
        return (email, null);
    }

    private async Task<string?> CountAsync(Guid asked, DateTimeOffset now, CancellationToken ct)
    {
        await using var count = database.CreateCommand(Guard);
        count.Parameters.AddWithValue(asked);
        count.Parameters.AddWithValue(now);
        count.Parameters.AddWithValue(SignInCode.MostGuesses);
        return (string?)await count.ExecuteScalarAsync(ct);
    }

    // The condition is looked at again when another has written the row, so that one of two wins. Through EF, where tests reach it.
    private async Task<bool> UseAsync(string email, string typed, DateTimeOffset now, CancellationToken ct) => await db.Database.ExecuteSqlAsync(
        $"""
        update sign_in_codes
        set used_at = {now}
        where email = {email} and code_hash = {SignInCode.HashOf(email, typed)} and expires_at > {now} and used_at is null
        """,
        ct) > 0;
}

using System.Buffers.Text;
using System.Security.Cryptography;
using Npgsql;
using TrainingHub.Platform.Email;

namespace TrainingHub.Platform.Web;

/// <summary>
/// Whose mailbox this browser is signed in with, by a code from an email. The cookie carries a random key and the table its hash, so that
/// signing out ends a copied cookie too. A session ends after two hours without a request and after twelve hours whatever happens
/// (OWASP ASVS 5.0, 7.3 and 7.4). To each page that a private link opens it stands in for the link of the same address.
/// </summary>
internal sealed class SignedInAddress(NpgsqlDataSource database, SessionClock clock, IHostEnvironment environment)
{
    public const string Cookie = "my";

    /// <summary>Where a code is asked for; the page stands in the room Portal.</summary>
    public const string SignInPath = "/find-bookings";

    public static readonly TimeSpan Longest = TimeSpan.FromHours(12);
    public static readonly TimeSpan LongestIdle = TimeSpan.FromHours(2);

    private const int KeyBytes = 32;

    // A row is not rewritten for every page of one look.
    private static readonly TimeSpan Grain = TimeSpan.FromMinutes(1);

    /// <returns>The address as <see cref="EmailAddress.KeyOf"/> gives it; null when nobody is signed in. Asked once for each request.</returns>
    public async Task<string?> FindAsync(HttpContext http, CancellationToken ct)
    {
        if (!http.Items.TryGetValue(typeof(SignedInAddress), out var known))
        {
            known = HashOf(http) is { } hash ? await ReadAsync(hash, ct) : null;
            http.Items[typeof(SignedInAddress)] = known;
        }

        return (string?)known;
    }

    /// <summary>Whether it is this address that is signed in.</summary>
    public async Task<bool> IsAsync(HttpContext http, string? address, CancellationToken ct) =>
        address is not null && await FindAsync(http, ct) == EmailAddress.KeyOf(address);

    /// <summary>Signs this browser in; what it was signed in with before ends.</summary>
    public async Task BeginAsync(HttpContext http, string email, CancellationToken ct)
    {
        await EndAsync(http, ct);
        var key = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(KeyBytes));
        var now = clock.GetUtcNow();
        await using var insert = database.CreateCommand(
            "insert into address_sessions (key_hash, email, created_at, last_seen_at, expires_at) values ($1, $2, $3, $3, $4)");
        insert.Parameters.AddWithValue(SecretToken.HashOf(key));
        insert.Parameters.AddWithValue(EmailAddress.KeyOf(email));
        insert.Parameters.AddWithValue(now);
        insert.Parameters.AddWithValue(now + LongestIdle);
        await insert.ExecuteNonQueryAsync(ct);
        http.Response.Cookies.Append(CookieName, key, Options(http));
        http.Items[typeof(SignedInAddress)] = EmailAddress.KeyOf(email);
    }

    /// <summary>Signs this browser out.</summary>
    public async Task EndAsync(HttpContext http, CancellationToken ct)
    {
        if (HashOf(http) is not { } hash)
        {
            return;
        }

        await using var delete = database.CreateCommand("delete from address_sessions where key_hash = $1");
        delete.Parameters.AddWithValue(hash);
        await delete.ExecuteNonQueryAsync(ct);
        http.Response.Cookies.Delete(CookieName, Options(http));
        http.Items[typeof(SignedInAddress)] = null;
    }

    /// <summary>Signs the address out in every browser.</summary>
    public async Task EndEverywhereAsync(HttpContext http, CancellationToken ct)
    {
        if (await FindAsync(http, ct) is { } email)
        {
            await using var delete = database.CreateCommand("delete from address_sessions where email = $1");
            delete.Parameters.AddWithValue(email);
            await delete.ExecuteNonQueryAsync(ct);
        }

        await EndAsync(http, ct);
    }

    private async Task<string?> ReadAsync(byte[] hash, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var find = database.CreateCommand("select email, last_seen_at from address_sessions where key_hash = $1 and expires_at > $2");
        find.Parameters.AddWithValue(hash);
        find.Parameters.AddWithValue(now);
        await using var row = await find.ExecuteReaderAsync(ct);
        if (!await row.ReadAsync(ct))
        {
            return null;
        }

        var (email, lastSeen) = (row.GetString(0), row.GetFieldValue<DateTimeOffset>(1));
        await row.CloseAsync();
        if (now - lastSeen >= Grain)
        {
            await ProlongAsync(hash, now, ct);
        }

        return email;
    }

    private async Task ProlongAsync(byte[] hash, DateTimeOffset now, CancellationToken ct)
    {
        await using var update = database.CreateCommand(
            "update address_sessions set last_seen_at = $2, expires_at = least($3, created_at + $4) where key_hash = $1");
        update.Parameters.AddWithValue(hash);
        update.Parameters.AddWithValue(now);
        update.Parameters.AddWithValue(now + LongestIdle);
        update.Parameters.AddWithValue(Longest);
        await update.ExecuteNonQueryAsync(ct);
    }

    private byte[]? HashOf(HttpContext http) =>
        http.Request.Cookies.TryGetValue(CookieName, out var key) && key.Length == Base64Url.GetEncodedLength(KeyBytes) ? SecretToken.HashOf(key) : null;

    private string CookieName => SiteCookies.Name(Cookie, environment);

    // Until the browser is closed, or the row ends.
    private CookieOptions Options(HttpContext http)
    {
        var cookie = new CookieBuilder { SameSite = SameSiteMode.Lax, IsEssential = true };
        SiteCookies.Harden(cookie, Cookie, environment);
        return cookie.Build(http);
    }
}

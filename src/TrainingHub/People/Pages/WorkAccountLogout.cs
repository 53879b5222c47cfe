using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using TrainingHub.Platform;

namespace TrainingHub.People.Pages;

/// <summary>
/// OpenID Connect Back-Channel Logout 1.0: the provider says that somebody has signed out there, and their sessions here end. It is known
/// by the signature of its token alone, which works once. 200 means that it was done, 400 that the token is none; answers say nothing else.
/// </summary>
internal sealed partial class WorkAccountLogout(
    WorkAccountProvider provider, EndWorkAccountSessions end, Tries tries, IOptions<SingleSignOnOptions> options, TimeProvider clock, ILogger<WorkAccountLogout> logger)
{
    private const string Event = "http://schemas.openid.net/event/backchannel-logout";
    private const int LongestToken = 16 * 1024;

    // 2.6: "recent". The token is remembered for longer than it is taken.
    private static readonly TimeSpan Recent = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);
    private static readonly TryBound Once = new("logout-token", Most: 1, TimeSpan.FromHours(1));

    public static async Task<IResult> HandleAsync(HttpContext http, WorkAccountLogout logout)
    {
        http.Response.Headers.CacheControl = "no-store";
        return Results.StatusCode(await logout.AnswerAsync(http.Request, http.RequestAborted));
    }

    private async Task<int> AnswerAsync(HttpRequest request, CancellationToken ct)
    {
        if (!options.Value.IsOn)
        {
            return StatusCodes.Status404NotFound;
        }

        var form = request.HasFormContentType ? await request.ReadFormAsync(ct) : FormCollection.Empty;
        return await RunAsync(form["logout_token"].ToString(), ct) ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest;
    }

    private async Task<bool> RunAsync(string token, CancellationToken ct)
    {
        // Providers of before the final specification give the type "JWT"; the event tells it from an id token.
        var read = token.Length is 0 or > LongestToken ? null : await provider.CheckAsync(token, rules => rules.ValidTypes = ["logout+jwt", "JWT"]);
        var (subject, session) = (Text(read, "sub"), Text(read, "sid"));
        if (read is null || !IsNotice(read) || (subject ?? session) is null || await tries.TakeAsync(Once, read.Id, ct) is not null)
        {
            LogRefused();
            return false;
        }

        await end.SignedOutThereAsync(options.Value.Authority, subject, session, ct);
        return true;
    }

    private bool IsNotice(JsonWebToken read)
    {
        var now = clock.Real().GetUtcNow().UtcDateTime;
        return read.Id is { Length: > 0 }
            && read.IssuedAt > now - Recent && read.IssuedAt < now + Skew
            && !read.TryGetPayloadValue<object>("nonce", out _)
            && read.TryGetPayloadValue<System.Text.Json.JsonElement>("events", out var events)
            && events.ValueKind == System.Text.Json.JsonValueKind.Object
            && events.TryGetProperty(Event, out var notice) && notice.ValueKind == System.Text.Json.JsonValueKind.Object;
    }

    private static string? Text(JsonWebToken? token, string name) => token?.TryGetPayloadValue<string>(name, out var value) == true && value.Length > 0 ? value : null;

    [LoggerMessage(Level = LogLevel.Warning, Message = "A notice that somebody signed out of their work account was not genuine, or came twice")]
    private partial void LogRefused();
}

using System.Buffers.Text;
using System.Globalization;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.People.Pages;

/// <summary>
/// Sends browsers to the provider of work accounts and takes them back: to sign in, to prove once more that it is they, or to connect
/// their account. What is wanted travels in the sealed state, with the session that wants it.
/// </summary>
internal sealed partial class WorkAccountSignIn(
    TrainingHubDb db, EnterByWorkAccount enter, ConnectWorkAccount connect, StaffSignIn door, ConfirmStaff confirm, ConnectStep step, SignInHistory history,
    IPersonalDataProtector secrets, IOptions<SingleSignOnOptions> options, TimeProvider clock, ILogger<WorkAccountSignIn> logger)
{
    public const string Scheme = "WorkAccount";

    // How far the clocks of this site and of the provider may differ.
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(30);

    private const string Purpose = "purpose";
    private const string Session = "session";
    private const string Asked = "asked";
    private const string Back = "back";
    private const string ConfirmPurpose = "confirm";
    private const string ConnectPurpose = "connect";

    public Task<IResult> StartAsync(HttpContext http, string? returnUrl) => ChallengeAsync(http, new() { Items = { [Back] = Local(returnUrl) } });

    /// <summary>The provider is to ask the person anew, whatever it remembers.</summary>
    public Task<IResult> ConfirmAsync(HttpContext http, string? returnUrl) => ChallengeAsync(http, new()
    {
        Prompt = "login",
        MaxAge = TimeSpan.Zero,
        Items = { [Purpose] = ConfirmPurpose, [Back] = Local(returnUrl), [Session] = http.User.SessionName(), [Asked] = Now().ToString(CultureInfo.InvariantCulture) },
    });

    /// <param name="http">The request.</param>
    /// <param name="sealedIntent">From the person's own page: a link that another site made connects nothing.</param>
    public Task<IResult> ConnectAsync(HttpContext http, string? sealedIntent) => sealedIntent is not null && IsIntent(http, sealedIntent)
        ? ChallengeAsync(http, new() { Prompt = "login", Items = { [Purpose] = ConnectPurpose, [Session] = http.User.SessionName() } })
        : Task.FromResult<IResult>(TypedResults.LocalRedirect("~/staff/account"));

    /// <summary>What the link to connect carries: it is good in this session alone.</summary>
    public string IntentOf(HttpContext http) => secrets.Protect($"connect {http.User.SessionName()}")!;

    /// <returns>Where it goes on.</returns>
    public async Task<string> ReceivedAsync(TicketReceivedContext received, CancellationToken ct)
    {
        var (http, properties) = (received.HttpContext, received.Properties!);
        var facts = WorkAccountFacts.Of([.. received.Principal!.Claims]);
        if (properties.GetTokenValue("refresh_token") is not { Length: > 0 } refreshToken)
        {
            return await RefuseAsync(WorkAccountRefusal.NoRefreshToken, null, facts.Subject, ct);
        }

        var begun = new WorkAccountSession(options.Value.Authority, facts.Subject, facts.Session, refreshToken, properties.GetTokenValue("id_token"));
        properties.Items.TryGetValue(Purpose, out var purpose);
        return purpose switch
        {
            ConfirmPurpose => await ConfirmedAsync(http, properties, facts, begun, ct),
            ConnectPurpose => await ConnectedAsync(http, properties, facts, ct),
            _ => await EnteredAsync(http, facts, begun, properties.Items[Back], ct),
        };
    }

    /// <summary>The provider said no, or what came back is not what this browser was sent for.</summary>
    public async Task<string> FailedAsync(HttpContext http, Exception? failure, CancellationToken ct)
    {
        var why = failure is HttpRequestException or OperationCanceledException || failure?.InnerException is HttpRequestException or OperationCanceledException
            ? WorkAccountRefusal.Unreachable : WorkAccountRefusal.NotAccepted;
        LogFailed(failure?.GetType().Name ?? "", failure?.InnerException?.GetType().Name ?? "");
        return await RefuseAsync(why, null, RateLimits.BucketOf(http.Connection.RemoteIpAddress), ct);
    }

    private async Task<string> EnteredAsync(HttpContext http, WorkAccountFacts facts, WorkAccountSession begun, string? returnUrl, CancellationToken ct)
    {
        var entry = await enter.RunAsync(facts, ct);
        if (entry.Refusal is { } refusal)
        {
            return await RefuseAsync(refusal, entry.User?.Id, facts.Subject, ct);
        }

        if (entry.MustConnect)
        {
            step.Set(http, entry.User!, facts.Subject);
            return WorkAccountUrls.ProveFirst(returnUrl);
        }

        // In another tab of the same browser.
        if (await http.AuthenticateAsync(IdentityConstants.ApplicationScheme) is { Succeeded: true, Principal: var already })
        {
            return already.StaffId() == entry.User!.Id ? Local(returnUrl) is { Length: > 0 } back ? back : "~/staff" : "~/sign-out";
        }

        return await door.CompleteByWorkAccountAsync(http, entry.User!, begun, returnUrl, ct);
    }

    private async Task<string> ConfirmedAsync(HttpContext http, AuthenticationProperties properties, WorkAccountFacts facts, WorkAccountSession begun, CancellationToken ct)
    {
        if (await OfThisSessionAsync(http, properties) is not { } by)
        {
            return WorkAccountUrls.StartWith(properties.Items[Back]);
        }

        var (session, asked) = (Base64Url.DecodeFromChars(properties.Items[Session]), DateTimeOffset.FromUnixTimeSeconds(long.Parse(properties.Items[Asked]!, CultureInfo.InvariantCulture)));
        var isSame = await db.StaffSessions.AnyAsync(one => one.KeyHash == session && one.Issuer == begun.Issuer && one.Subject == facts.Subject, ct);
        if (isSame && facts.AuthenticatedAt >= asked - Skew)
        {
            await confirm.ByWorkAccountAsync(by, session, begun with { RefreshToken = secrets.Protect(begun.RefreshToken)!, IdToken = secrets.Protect(begun.IdToken) }, ct);
            return WorkAccountUrls.With("~" + StepUp.Page, properties.Items[Back]);
        }

        await confirm.NotByWorkAccountAsync(by, !isSame ? "Another work account signed in" : facts.AuthenticatedAt is null ? "The provider does not say when it asked" : "The provider did not ask anew", ct);
        return WorkAccountUrls.RefusedFor(WorkAccountRefusal.NotProved, properties.Items[Back]);
    }

    private async Task<string> ConnectedAsync(HttpContext http, AuthenticationProperties properties, WorkAccountFacts facts, CancellationToken ct)
    {
        if (await OfThisSessionAsync(http, properties) is not { } by)
        {
            return "~/staff/account";
        }

        // Else the person could not sign in any more.
        var refusal = (await enter.GrantedAsync(facts, ct)).Roles.Count > 0 ? await connect.RunAsync(by.Id, facts.Subject, ct)
            : facts.HasTooMany ? WorkAccountRefusal.TooManyGroups : WorkAccountRefusal.NoGroup;
        return refusal is { } why ? await RefuseAsync(why, by.Id, facts.Subject, ct) : WorkAccountUrls.Connected(returnUrl: null);
    }

    private static async Task<Actor?> OfThisSessionAsync(HttpContext http, AuthenticationProperties properties) =>
        await http.AuthenticateAsync(IdentityConstants.ApplicationScheme) is { Succeeded: true, Principal: var user } && user.SessionName() == properties.Items[Session]
            ? user.Actor() : null;

    private async Task<string> RefuseAsync(WorkAccountRefusal refusal, Guid? user, string account, CancellationToken ct)
    {
        await history.RefusedAsync(user, account, $"Work account: {WorkAccountWords.InHistory(refusal)}", ct);
        return WorkAccountUrls.RefusedFor(refusal);
    }

    private async Task<IResult> ChallengeAsync(HttpContext http, OpenIdConnectChallengeProperties properties)
    {
        try
        {
            await http.ChallengeAsync(Scheme, properties);
            return Results.Empty;
        }
        // The discovery document is not to be had, or the provider takes no request; the library tells it by these.
        catch (Exception fault) when (fault is InvalidOperationException or HttpRequestException or OperationCanceledException or AuthenticationFailureException && !http.RequestAborted.IsCancellationRequested)
        {
            LogFailed(fault.GetType().Name, fault.InnerException?.GetType().Name ?? "");
            return TypedResults.LocalRedirect(WorkAccountUrls.RefusedFor(WorkAccountRefusal.Unreachable, properties.Items.TryGetValue(Back, out var back) ? back : null));
        }
    }

    private bool IsIntent(HttpContext http, string sealedIntent)
    {
        try
        {
            return secrets.Unprotect(sealedIntent) == $"connect {http.User.SessionName()}";
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return false;
        }
    }

    private long Now() => clock.Real().GetUtcNow().ToUnixTimeSeconds();

    private static string Local(string? address) => RedirectHttpResult.IsLocalUrl(address) ? address! : "";

    [LoggerMessage(Level = LogLevel.Warning, Message = "A sign-in by work account failed: {Fault} {Inner}")]
    private partial void LogFailed(string fault, string inner);
}

using System.Net;
using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using TrainingHub.Platform;

namespace TrainingHub.People;

internal enum RedeemOutcome
{
    /// <summary>The provider still lets the person in.</summary>
    Good,

    /// <summary>The provider does not, or not without asking the person again.</summary>
    Refused,

    /// <summary>No answer, or one that says nothing of the person.</summary>
    Unreachable,
}

/// <param name="RefreshToken">The one for next time; null when the present one stays.</param>
/// <param name="Facts">Null when the provider said nothing new of the person.</param>
internal sealed record Redeemed(RedeemOutcome Outcome, string? RefreshToken = null, string? IdToken = null, WorkAccountFacts? Facts = null);

/// <summary>Speaks with the provider of work accounts where no browser is between: its settings and keys, refresh tokens, notices of sign-outs.</summary>
internal sealed partial class WorkAccountProvider
{
    public const string Client = nameof(WorkAccountProvider);

    private const string DiscoveryPath = "/.well-known/openid-configuration";

    // How far the provider's clock may differ.
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);

    private static readonly JsonWebTokenHandler Tokens = new() { MapInboundClaims = false };

    private readonly SingleSignOnOptions options;
    private readonly IHttpClientFactory https;
    private readonly SessionClock clock;
    private readonly ILogger<WorkAccountProvider> logger;

    public WorkAccountProvider(IOptions<SingleSignOnOptions> options, IHttpClientFactory https, SessionClock clock, ILogger<WorkAccountProvider> logger)
    {
        (this.options, this.https, this.clock, this.logger) = (options.Value, https, clock, logger);
        var retriever = new HttpDocumentRetriever(https.CreateClient(Client)) { RequireHttps = this.options.Authority.StartsWith("https:", StringComparison.Ordinal) };
        Settings = new(this.options.Authority.TrimEnd('/') + DiscoveryPath, new OpenIdConnectConfigurationRetriever(), retriever);
    }

    /// <summary>The discovery document and the keys, kept and renewed by the library.</summary>
    public ConfigurationManager<OpenIdConnectConfiguration> Settings { get; }

    /// <summary>What a token of the provider must be: from exactly this issuer and for us.</summary>
    public TokenValidationParameters Rules() => new()
    {
        ValidIssuer = options.Authority,
        // The library also takes the issuer that the discovery document names, and that may be another one.
        IssuerValidator = (issuer, _, _) => issuer == options.Authority ? issuer : throw new SecurityTokenInvalidIssuerException("Not the issuer in SingleSignOn:Authority."),
        ValidAudience = options.ClientId,
        LifetimeValidator = (from, until, _, _) => until is { } end && clock.GetUtcNow().UtcDateTime is var now && now < end + Skew && !(from > now + Skew),
        NameClaimType = "name",
        RoleClaimType = "none of ours",
    };

    /// <summary>Asks for new tokens, which the provider gives only for somebody whom it still lets in.</summary>
    public async Task<Redeemed> RedeemAsync(string refreshToken, string subject, CancellationToken ct)
    {
        try
        {
            var settings = await Settings.GetConfigurationAsync(ct);
            using var asked = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["grant_type"] = "refresh_token",
                ["refresh_token"] = refreshToken,
                ["client_id"] = options.ClientId,
                ["client_secret"] = options.ClientSecret,
            });
            using var http = https.CreateClient(Client);
            using var response = await http.PostAsync(settings.TokenEndpoint, asked, ct);
            using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(ct));
            return response.StatusCode switch
            {
                HttpStatusCode.OK => await ReadAsync(http, settings, answer.RootElement, subject, ct),
                HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized => Refusal(Text(answer.RootElement, "error")),
                var other => Unreachable($"{(int)other}"),
            };
        }
        // No discovery document, no connection, no JSON.
        catch (Exception fault) when (fault is InvalidOperationException or HttpRequestException or JsonException || (fault is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return Unreachable(fault.GetType().Name);
        }
    }

    /// <summary>The address that signs the browser out at the provider; null when it has none or is out of reach.</summary>
    public async Task<Uri?> SignOutAddressAsync(string? idToken, Uri back, CancellationToken ct)
    {
        try
        {
            var settings = await Settings.GetConfigurationAsync(ct);
            var message = new OpenIdConnectMessage { IssuerAddress = settings.EndSessionEndpoint, ClientId = options.ClientId, IdTokenHint = idToken, PostLogoutRedirectUri = back.AbsoluteUri };
            return string.IsNullOrEmpty(settings.EndSessionEndpoint) ? null : new(message.CreateLogoutRequestUrl());
        }
        catch (Exception fault) when (fault is InvalidOperationException or HttpRequestException || (fault is OperationCanceledException && !ct.IsCancellationRequested))
        {
            LogUnreachable(fault.GetType().Name);
            return null;
        }
    }

    /// <returns>What a token of the provider says, when its signature, issuer, audience and times are right; else null.</returns>
    public async Task<JsonWebToken?> CheckAsync(string token, Action<TokenValidationParameters> more)
    {
        var rules = Rules();
        rules.ConfigurationManager = Settings;
        more(rules);
        return (await Tokens.ValidateTokenAsync(token, rules)) is { IsValid: true, SecurityToken: JsonWebToken read } ? read : null;
    }

    private async Task<Redeemed> ReadAsync(HttpClient http, OpenIdConnectConfiguration settings, JsonElement answer, string subject, CancellationToken ct)
    {
        var claims = new List<Claim>();
        if (Text(answer, "id_token") is { } idToken)
        {
            if (await CheckAsync(idToken, _ => { }) is not { } read || read.Subject != subject)
            {
                return Unreachable("an id token that is not theirs");
            }

            claims.AddRange(read.Claims);
        }

        if (!string.IsNullOrEmpty(settings.UserInfoEndpoint) && Text(answer, "access_token") is { } accessToken)
        {
            using var asked = new HttpRequestMessage(HttpMethod.Get, settings.UserInfoEndpoint);
            asked.Headers.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
            using var response = await http.SendAsync(asked, ct);
            using var said = response.IsSuccessStatusCode ? JsonDocument.Parse(await response.Content.ReadAsStringAsync(ct)) : null;
            if (said is null || Text(said.RootElement, "sub") != subject)
            {
                return Unreachable($"userinfo {(int)response.StatusCode}");
            }

            claims.AddRange(ClaimsOf(said.RootElement));
        }

        return new(RedeemOutcome.Good, Text(answer, "refresh_token"), Text(answer, "id_token"), claims.Count == 0 ? null : WorkAccountFacts.Of(claims));
    }

    private static IEnumerable<Claim> ClaimsOf(JsonElement said) =>
        from one in said.EnumerateObject()
        from value in one.Value.ValueKind == JsonValueKind.Array ? one.Value.EnumerateArray().Select(item => item.ToString()) : [one.Value.ToString()]
        select new Claim(one.Name, value);

    // Only these speak of the person; another error is about this site, or the provider's own.
    private Redeemed Refusal(string? error) =>
        error is "invalid_grant" or "interaction_required" or "login_required" or "consent_required" ? new(RedeemOutcome.Refused) : Unreachable(error ?? "no error");

    private Redeemed Unreachable(string why)
    {
        LogUnreachable(why);
        return new(RedeemOutcome.Unreachable);
    }

    private static string? Text(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    [LoggerMessage(Level = LogLevel.Warning, Message = "The provider of work accounts gave no useful answer: {Why}")]
    private partial void LogUnreachable(string why);
}

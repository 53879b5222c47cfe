using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.People.Pages;

/// <summary>Signing in by OpenID Connect: code with PKCE, in cookies of the site's own kind. Nothing of it is there unless it is set.</summary>
internal static class WorkAccountHandler
{
    public static void AddWorkAccounts(this IServiceCollection services, AuthenticationBuilder authentication, IConfiguration configuration)
    {
        services.AddOptions<SingleSignOnOptions>().BindConfiguration(SingleSignOnOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<SingleSignOnOptions>, SingleSignOnRules>();
        services.AddHttpClient(WorkAccountProvider.Client)
            .ConfigureHttpClient(http => (http.Timeout, http.MaxResponseContentBufferSize) = (Patience, 1_000_000))
            .ConfigurePrimaryHttpMessageHandler(NewConnections)
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan);
        services.AddSingleton<WorkAccountProvider>().AddSingleton<CheckWorkAccount>();
        services.AddScoped<EnterByWorkAccount>().AddScoped<ConnectWorkAccount>().AddScoped<EndWorkAccountSessions>();
        services.AddScoped<ConnectStep>().AddScoped<WorkAccountSignIn>().AddScoped<WorkAccountLogout>();
        if (!string.IsNullOrEmpty(configuration[$"{SingleSignOnOptions.Section}:{nameof(SingleSignOnOptions.Authority)}"]))
        {
            authentication.AddOpenIdConnect(WorkAccountSignIn.Scheme, _ => { });
            services.AddOptions<OpenIdConnectOptions>(WorkAccountSignIn.Scheme)
                .Configure<IOptions<SingleSignOnOptions>, WorkAccountProvider, IHttpClientFactory, SessionClock, IHostEnvironment>(SetUp);
        }
    }

    // Three of these, one after the other, take less than a claim of CheckWorkAccount.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    private static SocketsHttpHandler NewConnections() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(3),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    };

    private static void SetUp(
        OpenIdConnectOptions options, IOptions<SingleSignOnOptions> signOn, WorkAccountProvider provider, IHttpClientFactory https, SessionClock clock, IHostEnvironment environment)
    {
        var set = signOn.Value;
        (options.Authority, options.ClientId, options.ClientSecret) = (set.Authority, set.ClientId, set.ClientSecret);
        options.ConfigurationManager = provider.Settings;
        options.Backchannel = https.CreateClient(WorkAccountProvider.Client);
        options.RequireHttpsMetadata = !SiteCookies.RunsOnPlainHttp(environment);
        options.TimeProvider = clock;
        options.SignInScheme = IdentityConstants.ApplicationScheme;
        options.CallbackPath = WorkAccountUrls.Callback;
        // Signing out is done by /sign-out and by the back channel; these would be doors of their own.
        (options.RemoteSignOutPath, options.SignedOutCallbackPath) = (default, default);
        (options.ResponseType, options.ResponseMode, options.UsePkce) = (OpenIdConnectResponseType.Code, OpenIdConnectResponseMode.Query, true);
        (options.MapInboundClaims, options.GetClaimsFromUserInfoEndpoint, options.SaveTokens, options.DisableTelemetry) = (false, true, true, true);
        options.TokenValidationParameters = provider.Rules();
        options.Scope.Clear();
        foreach (var scope in (string[])["openid", "profile", "email", "offline_access", .. set.Scopes])
        {
            options.Scope.Add(scope);
        }

        foreach (var claim in WorkAccountFacts.Wanted)
        {
            options.ClaimActions.MapJsonKey(claim, claim);
        }

        Harden(options.CorrelationCookie, "work-account-", environment);
        Harden(options.NonceCookie, "work-account-nonce-", environment);
        options.Events.OnTicketReceived = ReceivedAsync;
        options.Events.OnRemoteFailure = FailedAsync;
    }

    // The provider leads back by a plain GET, with which cookies of this kind are sent.
    private static void Harden(CookieBuilder cookie, string name, IHostEnvironment environment)
    {
        SiteCookies.Harden(cookie, name, environment);
        cookie.SameSite = SameSiteMode.Lax;
    }

    private static async Task ReceivedAsync(TicketReceivedContext context)
    {
        context.HandleResponse();
        var next = await context.HttpContext.RequestServices.GetRequiredService<WorkAccountSignIn>().ReceivedAsync(context, context.HttpContext.RequestAborted);
        context.Response.Redirect(WorkAccountUrls.Absolute(context.Request, next));
    }

    private static async Task FailedAsync(RemoteFailureContext context)
    {
        context.HandleResponse();
        var next = await context.HttpContext.RequestServices.GetRequiredService<WorkAccountSignIn>().FailedAsync(context.HttpContext, context.Failure, context.HttpContext.RequestAborted);
        context.Response.Redirect(WorkAccountUrls.Absolute(context.Request, next));
    }

    public static void MapWorkAccounts(this WebApplication app)
    {
        app.MapGet(WorkAccountUrls.Start, (HttpContext http, WorkAccountSignIn door, IOptions<SingleSignOnOptions> options, string? returnUrl) =>
            !options.Value.IsOn ? NotHere()
            : http.User.Identity?.IsAuthenticated == true ? Task.FromResult<IResult>(TypedResults.LocalRedirect(Microsoft.AspNetCore.Http.HttpResults.RedirectHttpResult.IsLocalUrl(returnUrl) ? returnUrl! : "~/staff"))
            : door.StartAsync(http, returnUrl)).AllowAnonymous().RequireRateLimiting(RateLimits.WorkAccounts);
        app.MapGet(WorkAccountUrls.Confirm, (HttpContext http, WorkAccountSignIn door, IOptions<SingleSignOnOptions> options, string? returnUrl) =>
            options.Value.IsOn && http.User.IsByWorkAccount() ? door.ConfirmAsync(http, returnUrl) : NotHere()).AllowAnonymous().RequireRateLimiting(RateLimits.WorkAccounts);
        app.MapGet(WorkAccountUrls.Connect, (HttpContext http, WorkAccountSignIn door, IOptions<SingleSignOnOptions> options, string? with) =>
            !options.Value.IsOn || http.User.Identity?.IsAuthenticated != true ? NotHere()
            : http.User.IsProved() ? door.ConnectAsync(http, with)
            : Task.FromResult<IResult>(TypedResults.LocalRedirect(StepUp.Address(http.Request, http.Request.PathBase + "/staff/account")))).AllowAnonymous().RequireRateLimiting(RateLimits.WorkAccounts);
        // Answered before it is reached; it is here for the bound on requests.
        app.MapGet(WorkAccountUrls.Callback, () => Results.NotFound()).AllowAnonymous().RequireRateLimiting(RateLimits.WorkAccounts);
        app.MapPost(WorkAccountUrls.SignedOut, WorkAccountLogout.HandleAsync).AllowAnonymous().DisableAntiforgery().RequireRateLimiting(RateLimits.Forms).ExcludeFromDescription();
    }

    private static Task<IResult> NotHere() => Task.FromResult(Results.NotFound());
}

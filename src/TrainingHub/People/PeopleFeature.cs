using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using TrainingHub.People.Pages;
using TrainingHub.Platform;
using TrainingHub.Platform.Commands;
using TrainingHub.Platform.Data;
using TrainingHub.Platform.Files;
using TrainingHub.Platform.Jobs;
using TrainingHub.Platform.Web;

namespace TrainingHub.People;

internal static class PeopleFeature
{
    /// <summary>OWASP's figure for PBKDF2 with SHA-512 (Password Storage Cheat Sheet, 2025).</summary>
    private const int HashRounds = 210_000;

    public static void AddPeople(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddIdentityCore<StaffUser>(Rules)
            .AddEntityFrameworkStores<TrainingHubDb>()
            .AddPasswordValidator<PasswordRules>()
            .AddClaimsPrincipalFactory<StaffPrincipals>()
            .AddSignInManager();
        services.Configure<PasswordHasherOptions>(hasher => hasher.IterationCount = HashRounds);
        services.AddImport<ImportELearning>();
        services.AddOptions<StaffOptions>().BindConfiguration(StaffOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<StaffTicketStore>().AddSingleton<PasswordQueue>().AddSingleton<DeviceCookie>();
        services.AddSingleton<IPersonalDataProtector, StaffSecrets>().AddSingleton<SignInTries>().AddSingleton<RefusedActs>();
        services.AddScoped<SignInStep>().AddScoped<StaffSignIn>().AddScoped<Passkeys>().AddScoped<SignInHistory>();
        services.AddOptions<IdentityPasskeyOptions>().Configure<IOptions<SiteOptions>>(AskForPasskeys);
        services.AddWorkAccounts(
            services.AddAuthentication(IdentityConstants.ApplicationScheme).AddCookie(IdentityConstants.ApplicationScheme), configuration);
        services.AddOptions<CookieAuthenticationOptions>(IdentityConstants.ApplicationScheme)
            .Configure<StaffTicketStore, SessionClock, KeptCookie, IHostEnvironment>(KeepSession);
        services.AddAuthorizationBuilder()
            .AddPolicy(StaffIdentity.AnyPasswordPolicy, policy => policy.RequireAuthenticatedUser())
            .AddPolicy(StaffArea.Policy, policy => policy.RequireAuthenticatedUser().RequireAssertion(
                context => !context.User.HasClaim(claim => claim.Type == StaffIdentity.OneTimePasswordClaim)));

        services.AddScoped<CheckSignIn>().AddScoped<PasswordProof>().AddScoped<IStaffProof, StaffProof>().AddScoped<ConfirmStaff>()
            .AddScoped<AddStaff>().AddScoped<CloseStaff>().AddScoped<HoldAccount>().AddScoped<ChangePassword>()
            .AddScoped<ResetStaffPassword>().AddScoped<SetStaffRoles>().AddScoped<SendStaffLink>().AddScoped<ChooseStaffPassword>()
            .AddScoped<EndStaffSessions>().AddScoped<RenameStaff>().AddScoped<ApproveOrganisation>().AddScoped<SaveOrganisation>().AddScoped<AddOrganisation>();
        services.AddScoped<CheckSecondFactor>().AddScoped<AddAuthenticator>().AddScoped<NewRecoveryCodes>().AddScoped<AddPasskey>()
            .AddScoped<ChangePasskey>().AddScoped<ResetStaffFactors>();
        services.AddVerb<AddStaffVerb>();
        services.AddVerb<ResetStaffVerb>();
        services.AddVerb<CloseStaffVerb>();
        services.AddVerb<StaffRolesVerb>();
        services.AddScoped<KeepLeads>();
        services.AddRetention(PeopleRetention.Rules);
        services.AddJob<ForgetStaff>();
        services.AddJob<ForgetLeads>();
        services.AddJob<CheckWorkAccounts>();
        services.AddScoped<SaveListed>();
        services.AddSeed<SeedReferenceLists>();
        services.AddSeed<SeedAreas>();
        services.AddSeed<SeedDemoCoordinator>();
        services.AddSeed<SeedDemoColleagues>();
        services.AddHostedService<SayHowToSignIn>();
    }

    public static void MapPeople(this WebApplication app)
    {
        app.MapWorkAccounts();
        if (app.Environment.IsDemo())
        {
            app.MapGet(DemoSignIn.Path, () => Results.LocalRedirect("~/sign-in"));
            app.MapPost(DemoSignIn.Path, DemoSignIn.RunAsync);
        }
    }

    private static void Rules(IdentityOptions options)
    {
        options.Stores.SchemaVersion = IdentitySchemaVersions.Version3;
        options.User.RequireUniqueEmail = true;
        // Whatever an address may hold, a user name may: O'Brien has an apostrophe.
        options.User.AllowedUserNameCharacters = "";
        options.Password = new PasswordOptions
        {
            RequiredLength = PasswordRules.MinLength,
            RequireDigit = false,
            RequireLowercase = false,
            RequireUppercase = false,
            RequireNonAlphanumeric = false,
        };
    }

    // By the site's own address and no other, whatever host a request names.
    private static void AskForPasskeys(IdentityPasskeyOptions options, IOptions<SiteOptions> site)
    {
        var address = site.Value.PublicUrl;
        options.ServerDomain = address.Host;
        options.UserVerificationRequirement = "required";
        options.ResidentKeyRequirement = "required";
        options.ValidateOrigin = context => ValueTask.FromResult(
            !context.CrossOrigin && Uri.TryCreate(context.Origin, UriKind.Absolute, out var origin)
            && Uri.Compare(origin, address, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0);
    }

    private static void KeepSession(
        CookieAuthenticationOptions options, StaffTicketStore store, SessionClock clock, KeptCookie typed, IHostEnvironment environment)
    {
        SiteCookies.Harden(options.Cookie, "session", environment);
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.SessionStore = store;
        options.TimeProvider = clock;
        options.ExpireTimeSpan = StaffTicketStore.Longest;
        options.SlidingExpiration = false;
        options.LoginPath = "/sign-in";
        options.Events.OnRedirectToAccessDenied = DenyAsync;
        options.Events.OnRedirectToLogin = KeepTypedAsync;
        options.Events.OnSigningIn = context =>
        {
            typed.Of(context.HttpContext, context.Principal!.StaffId());
            return Task.CompletedTask;
        };
    }

    // What was typed before the session ended waits for whoever typed it.
    private static async Task KeepTypedAsync(RedirectContext<CookieAuthenticationOptions> context)
    {
        var http = context.HttpContext;
        if (HttpMethods.IsPost(http.Request.Method))
        {
            var services = http.RequestServices;
            var back = await services.GetRequiredService<PostedForm>().KeepAsync(
                http, services.GetRequiredService<KeptCookie>().From(http.Request), KeptWhy.SignedOut, http.RequestAborted);
            context.RedirectUri = new UriBuilder(context.RedirectUri) { Query = $"{QueryString.Create(context.Options.ReturnUrlParameter, back)}" }.Uri.AbsoluteUri;
        }

        context.Response.Redirect(context.RedirectUri);
    }

    // To where a password is chosen, if that is what is missing.
    private static async Task DenyAsync(RedirectContext<CookieAuthenticationOptions> context)
    {
        var http = context.HttpContext;
        if (http.User.HasClaim(claim => claim.Type == StaffIdentity.OneTimePasswordClaim))
        {
            context.Response.Redirect("/staff/account");
            return;
        }

        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        await http.RequestServices.GetRequiredService<RefusedActs>().OfPageAsync(
            http.User.Actor(), http.Request.Method, (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "", http.RequestAborted);
    }
}

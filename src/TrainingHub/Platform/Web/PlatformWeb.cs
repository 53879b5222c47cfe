using System.Globalization;
using System.Net;
using System.Security.Claims;
using System.Security.Cryptography.X509Certificates;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption;
using Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption.ConfigurationModel;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.WebEncoders;
using Npgsql;
using TrainingHub.Platform.Data;
using TrainingHub.Platform.Jobs;
using TrainingHub.Platform.Web.Binding;

namespace TrainingHub.Platform.Web;

/// <summary>What every page needs. Program.cs calls both methods once, then maps each feature.</summary>
internal static class PlatformWeb
{
    public static void AddPlatformWeb(this WebApplicationBuilder builder)
    {
        var english = CultureInfo.GetCultureInfo("en-GB");
        (CultureInfo.DefaultThreadCurrentCulture, CultureInfo.DefaultThreadCurrentUICulture) = (english, english);

        builder.WebHost.UseStaticWebAssets();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(server =>
        {
            server.AddServerHeader = false;
            server.Limits.MaxRequestBodySize = RequestRules.LargestBody;
        });
        builder.AddWebOptions();
        builder.Services.AddPages(builder.Environment);
        builder.Services.AddRateLimits();
        builder.Services.AddStoredPages();
        builder.Services.AddSingleton<DatabaseWatch>().AddHostedService(services => services.GetRequiredService<DatabaseWatch>());
        builder.AddKeys();
        builder.Services.AddSingleton<PrivateAccess>().AddSingleton<SecretAtRest>();
        builder.Services.AddSingleton<SessionClock>().AddSingleton<KeptCookie>().AddSingleton<KeptForms>().AddSingleton<PostedForm>()
            .AddScoped<StaffFormFilter>().AddScoped<OfferUndo>();
        builder.Services.AddSingleton<SignedInAddress>();
        builder.Services.AddJob<PruneKeptForms>().AddJob<PruneAddressSessions>();
        builder.Services.AddSingleton<IResponseCompressionProvider, PageCompression>();
        builder.Services.AddHsts(hsts =>
        {
            hsts.MaxAge = TimeSpan.FromDays(365);
            hsts.IncludeSubDomains = true;
        });
        builder.Services.AddAuthentication();
        builder.Services.AddAuthorization();
    }

    public static void UsePlatformWeb(this WebApplication app)
    {
        var path = app.Services.GetRequiredService<IOptions<SiteOptions>>().Value.PublicUrl.AbsolutePath;
        if (app.Services.GetRequiredService<IOptions<ProxyOptions>>().Value.KnownProxies.Length > 0)
        {
            app.UseForwardedHeaders();
        }

        if (path.Length > 1)
        {
            app.UsePathBase(path.TrimEnd('/'));
        }

        app.UseSecurityHeaders();
        if (!SiteCookies.RunsOnPlainHttp(app.Environment))
        {
            app.UseHsts();
        }

        app.UseErrorPages();
        app.UseRequestRules();
        app.UseRouting();
        app.UseOutagePage();
        app.UseRightCase();
        app.UseRateLimiter();
        // Before compression, so that pages are stored compressed; before sign-in, which stored pages do not need.
        app.UseOutputCache();
        app.UseResponseCompression();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseReadableForms();
        app.MapStaticAssets();
        app.MapRazorPages().WithStaticAssets();
        app.MapHealth();
        app.MapSiteFiles();
        // Asked by the script of staff pages: it prolongs the session as any page does, and says until when.
        app.MapGet("/staff/session", (ClaimsPrincipal user) => Results.Text($"{user.EndsIn()}")).RequireAuthorization(new ForStaffAttribute());
    }

    private static void AddWebOptions(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<SiteOptions>().BindConfiguration(SiteOptions.Section).OnScreenToo(SiteOptions.Section).ValidateDataAnnotations()
            .Validate(site => site.PublicUrl.IsAbsoluteUri, "Site:PublicUrl must be an absolute address.").ValidateOnStart();
        services.AddSingleton<IValidateOptions<SiteOptions>, SiteOptionsRules>();
        services.AddOptions<RateLimitOptions>().BindConfiguration(RateLimitOptions.Section);
        services.AddOptions<ProxyOptions>().BindConfiguration(ProxyOptions.Section)
            .Validate(proxy => proxy.AreAddresses(), "Proxy:KnownProxies must be IP addresses.").ValidateOnStart();
        services.AddOptions<ForwardedHeadersOptions>().Configure<IOptions<ProxyOptions>>((forwarded, proxies) =>
        {
            forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            forwarded.ForwardLimit = 1;
            forwarded.KnownIPNetworks.Clear();
            forwarded.KnownProxies.Clear();
            foreach (var proxy in proxies.Value.KnownProxies)
            {
                forwarded.KnownProxies.Add(IPAddress.Parse(proxy));
            }
        });
        services.Configure<FormOptions>(form =>
        {
            form.MultipartBodyLengthLimit = RequestRules.LargestBody;
            form.ValueCountLimit = 2048;
        });
        services.Configure<WebEncoderOptions>(encoder => encoder.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
    }

    private static void AddStoredPages(this IServiceCollection services)
    {
        services.AddOutputCache();
        services.AddSingleton<PublicPages>();
        services.AddSingleton<PageCache>();
        services.AddOptions<OutputCacheOptions>().Configure<PublicPages>((cache, policy) =>
        {
            cache.SizeLimit = 8 * 1024 * 1024;
            cache.MaximumBodySize = 1024 * 1024;
            cache.AddPolicy(PublicPages.Policy, policy);
        });
        services.AddHostedService<EvictChangedPages>();
    }

    private static void AddKeys(this WebApplicationBuilder builder)
    {
        // One pass where the usual algorithms take two: every form has two tokens.
        var protection = builder.Services.AddDataProtection().SetApplicationName("TrainingHub")
            .UseCryptographicAlgorithms(new AuthenticatedEncryptorConfiguration { EncryptionAlgorithm = EncryptionAlgorithm.AES_256_GCM });
        builder.Services.AddOptions<KeyManagementOptions>().Configure<NpgsqlDataSource, TimeProvider>(
            (keys, database, clock) => keys.XmlRepository = new DataProtectionKeys(database, clock));
        if (builder.Configuration["DataProtection:CertificatePath"] is { Length: > 0 } certificate)
        {
            protection.ProtectKeysWithCertificate(X509CertificateLoader.LoadPkcs12FromFile(
                certificate, builder.Configuration["DataProtection:CertificatePassword"]));
        }
    }

    private static void AddPages(this IServiceCollection services, IHostEnvironment environment)
    {
        services.AddSingleton<IAuthorizationHandler, StaffRightHandler>().AddSingleton<StaffRoutes>();
        services.AddRazorPages(pages =>
        {
            pages.RootDirectory = "/";
            pages.Conventions.Add(new StaffArea());
            pages.Conventions.Add(new DevArea(environment));
        }).AddRazorOptions(razor => razor.PageViewLocationFormats.Add("/Platform/Web/Pages/{0}.cshtml")).AddMvcOptions(mvc =>
        {
            // What must be answered says [Required]; a property that is merely not null does not.
            mvc.SuppressImplicitRequiredAttributeForNonNullableReferenceTypes = true;
            mvc.ModelBinderProviders.Insert(0, new DateBinderProvider());
            mvc.ModelBinderProviders.Insert(0, new TidyTextBinderProvider());
            mvc.ModelMetadataDetailsProviders.Add(new PlainMessages());
            PlainMessages.Use(mvc.ModelBindingMessageProvider);
        });
        BoundPropertiesOnly.Add(services);
        services.AddAntiforgery(antiforgery =>
        {
            SiteCookies.Harden(antiforgery.Cookie, "csrf", environment);
            antiforgery.Cookie.SameSite = SameSiteMode.Strict;
        });
        services.Configure<Microsoft.AspNetCore.Mvc.CookieTempDataProviderOptions>(temp =>
        {
            SiteCookies.Harden(temp.Cookie, "notice", environment);
            temp.Cookie.SameSite = SameSiteMode.Lax;
        });
    }
}

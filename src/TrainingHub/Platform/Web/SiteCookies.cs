namespace TrainingHub.Platform.Web;

/// <summary>
/// How every cookie of the site is set. In production each is Secure, HttpOnly, for the whole host and has the
/// <c>__Host-</c> prefix. The demonstration runs on plain http://localhost, where several clients (Safari, most
/// programs) do not send Secure cookies back and the antiforgery check refuses them: there the prefix is left out
/// and Secure follows the scheme.
/// </summary>
internal static class SiteCookies
{
    public static bool RunsOnPlainHttp(IHostEnvironment environment) =>
        environment.IsEnvironment("Demo") || environment.IsDevelopment();

    public static string Name(string name, IHostEnvironment environment) => RunsOnPlainHttp(environment) ? name : "__Host-" + name;

    /// <summary>Names and hardens a cookie: <c>Harden(options.Cookie, "session", environment)</c> makes <c>__Host-session</c>.</summary>
    public static void Harden(CookieBuilder cookie, string name, IHostEnvironment environment)
    {
        var plain = RunsOnPlainHttp(environment);
        cookie.Name = Name(name, environment);
        cookie.SecurePolicy = plain ? CookieSecurePolicy.SameAsRequest : CookieSecurePolicy.Always;
        cookie.HttpOnly = true;
        cookie.Path = "/";
        cookie.Domain = null;
    }
}

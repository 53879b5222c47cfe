using System.Net;
using Microsoft.AspNetCore.Mvc.Testing;
using TrainingHub.Platform;
using TrainingHub.Tests.House;
using Xunit;

namespace TrainingHub.Tests.Platform.Web;

/// <summary>
/// Headers and cookies of every route in Production, for anybody and for staff who may do everything; of files, of errors and of what is refused.
/// </summary>
public sealed class EveryAnswerTests(TestDatabase databases) : IAsyncLifetime
{
    private static readonly string[] Besides =
    [
        "/css/app.css", "/css/lean.css", "/js/app.js", "/favicon.ico", "/no-such-page", "/staff/no-such-page", "/error/500", "/error/403", "/courses/no-such-course",
    ];

    private readonly TestApp app = new(databases, "Production", "Site:PublicUrl", "https://training.example", "RateLimits:Enabled", "false");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await app.InitializeAsync();
        app.ClientOptions.BaseAddress = new Uri("https://training.example");
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task EveryRoute_AskedByAnybodyAndByStaff_CarriesTheHeadersAndHardCookies()
    {
        var world = await RouteWorld.MakeAsync(app);
        var staff = (await world.BrowseAsAsync([.. StaffRoles.All])).Client;
        using var anybody = app.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, HandleCookies = false, BaseAddress = app.ClientOptions.BaseAddress });
        List<string> faults = [];
        foreach (var (route, access) in AccessMatrix.Routes.Where(route => route.Value != Access.DemoOnly && !route.Key.StartsWith("POST ", StringComparison.Ordinal)))
        {
            var address = world.AddressOf(route);
            await LookAsync(anybody, HttpMethod.Get, address, access, isAnybody: true);
            await LookAsync(staff, HttpMethod.Get, address, access, isAnybody: false);
            // Refused for want of a token, or of the method.
            await LookAsync(anybody, HttpMethod.Post, address, access, isAnybody: false);
        }

        foreach (var address in Besides)
        {
            await LookAsync(anybody, HttpMethod.Get, address, Access.Public, isAnybody: true);
            await LookAsync(anybody, HttpMethod.Trace, address, Access.Public, isAnybody: true);
        }

        Verdict.NoFaults(faults.Distinct());

        async Task LookAsync(HttpClient client, HttpMethod method, string address, Access access, bool isAnybody)
        {
            using var request = new HttpRequestMessage(method, address);
            using var answer = await client.SendAsync(request, Ct);
            var text = answer.Content.Headers.ContentType?.MediaType == "text/html" ? await answer.Content.ReadAsStringAsync(Ct) : "";
            var what = $"{method} {address} ({(int)answer.StatusCode})";
            faults.AddRange(OfHeaders(answer).Select(fault => $"{what}: {fault}"));
            faults.AddRange(OfCookies(answer).Select(fault => $"{what}: {fault}"));
            if (access is Access.Staff or Access.PrivateLink or Access.ByCode && !Header(answer, "Cache-Control").StartsWith("no-store", StringComparison.Ordinal))
            {
                faults.Add($"{what}: is personal, and may be stored: {Header(answer, "Cache-Control")}");
            }

            if (access is Access.Staff or Access.PrivateLink or Access.ByCode && answer.RequestMessage!.RequestUri!.AbsolutePath == address && Header(answer, "Referrer-Policy") != "no-referrer")
            {
                faults.Add($"{what}: tells where the visitor came from");
            }

            // A redirect may carry the words of a notice to the page that shows it.
            if (isAnybody && access == Access.Public && answer.Headers.Location is null && !text.Contains("__RequestVerificationToken", StringComparison.Ordinal) && Keeps(answer))
            {
                faults.Add($"{what}: sets a cookie before there is a form");
            }
        }
    }

    // A notice that was shown is taken away.
    private static bool Keeps(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues("Set-Cookie", out var all) && all.Any(cookie => !cookie.Contains("expires=Thu, 01 Jan 1970", StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<string> OfHeaders(HttpResponseMessage answer)
    {
        var policy = Header(answer, "Content-Security-Policy");
        if (!policy.Contains("default-src 'none'", StringComparison.Ordinal) || !policy.Contains("frame-ancestors 'none'", StringComparison.Ordinal) || policy.Contains("unsafe", StringComparison.Ordinal))
        {
            yield return $"Content-Security-Policy {policy}";
        }

        foreach (var (name, wanted) in new[]
        {
            ("X-Content-Type-Options", "nosniff"), ("X-Frame-Options", "DENY"), ("Cross-Origin-Opener-Policy", "same-origin"), ("Strict-Transport-Security", "max-age=31536000; includeSubDomains"),
        })
        {
            if (Header(answer, name) != wanted)
            {
                yield return $"{name} is “{Header(answer, name)}”";
            }
        }

        foreach (var name in new[] { "Server", "X-Powered-By", "X-AspNet-Version" }.Where(name => answer.Headers.Contains(name)))
        {
            yield return $"says {name}";
        }
    }

    private static IEnumerable<string> OfCookies(HttpResponseMessage answer) =>
        from cookie in answer.Headers.TryGetValues("Set-Cookie", out var all) ? all : []
        where !cookie.StartsWith("__Host-", StringComparison.Ordinal)
            || new[] { "secure", "httponly", "path=/;" }.Any(part => !$"{cookie};".Contains(part, StringComparison.OrdinalIgnoreCase))
            || !(cookie.Contains("samesite=lax", StringComparison.OrdinalIgnoreCase) || cookie.Contains("samesite=strict", StringComparison.OrdinalIgnoreCase))
            || cookie.Contains("domain=", StringComparison.OrdinalIgnoreCase)
        select $"cookie {cookie.Split('=')[0]} is soft: {cookie[cookie.IndexOf(';', StringComparison.Ordinal)..]}";

    private static string Header(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : answer.Content.Headers.TryGetValues(name, out var inside) ? string.Join(", ", inside) : "";
}

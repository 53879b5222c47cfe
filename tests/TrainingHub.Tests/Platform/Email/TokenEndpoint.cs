using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace TrainingHub.Tests.Platform.Email;

/// <summary>
/// Gives tokens over TLS on a loopback port to one app of one tenant, as Microsoft Entra does, and refuses in its numbers. A
/// certificate's assertion is verified: signature, times, whom it is for, and that it comes once (RFC 7523 3).
/// </summary>
internal sealed class TokenEndpoint : IAsyncDisposable
{
    public const string Tenant = "f0000000-0000-4000-8000-000000000001";
    public const string ClientId = "c0000000-0000-4000-8000-000000000002";
    public const string Scope = "https://outlook.office365.com/.default";

    private readonly WebApplication web;
    private readonly ConcurrentDictionary<string, bool> seen = new();
    private int count;

    private TokenEndpoint(WebApplication web) => this.web = web;

    /// <summary>The app's secret; null when it has none.</summary>
    public string? Secret { get; set; }

    /// <summary>The public part of the app's certificate; null when it has none.</summary>
    public X509Certificate2? Certificate { get; set; }

    public int LifetimeSeconds { get; set; } = 3600;

    /// <summary>The status and body of every answer instead of the usual one.</summary>
    public (int Status, string Body)? Fault { get; set; }

    /// <summary>How long each answer takes.</summary>
    public TimeSpan Takes { get; set; }

    /// <summary>How often it was asked for a token.</summary>
    public int Asked => count;

    public string Authority => $"https://localhost:{new Uri(web.Urls.Single()).Port}";

    public static async Task<TokenEndpoint> StartAsync(X509Certificate2 server)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.UseHttps(server)));
        var endpoint = new TokenEndpoint(builder.Build());
        endpoint.web.MapPost("/{tenant}/oauth2/v2.0/token", endpoint.AnswerAsync);
        await endpoint.web.StartAsync();
        return endpoint;
    }

    /// <summary>Whether it gave this token and it has not been taken back.</summary>
    public bool Gave(string token) => token.StartsWith("token-", StringComparison.Ordinal) && seen.ContainsKey(token);

    public void TakeBack(string token) => seen.TryRemove(token, out _);

    public ValueTask DisposeAsync() => web.DisposeAsync();

    private async Task<IResult> AnswerAsync(string tenant, HttpRequest request)
    {
        var number = Interlocked.Increment(ref count);
        await Task.Delay(Takes);
        if (Fault is { } fault)
        {
            return Results.Text(fault.Body, "application/json", statusCode: fault.Status);
        }

        var form = await request.ReadFormAsync();
        if (WhyNot(tenant, form) is { } why)
        {
            var words = $"{why} Trace ID: 1f Correlation ID: 2f Timestamp: 2026-11-28 10:00:00Z";
            return Results.Json(new { error = "invalid_client", error_description = words }, statusCode: StatusCodes.Status401Unauthorized);
        }

        seen[$"token-{number}"] = true;
        return Results.Json(new { token_type = "Bearer", expires_in = LifetimeSeconds, access_token = $"token-{number}" });
    }

    private string? WhyNot(string tenant, IFormCollection form)
    {
        if (tenant != Tenant)
        {
            return $"AADSTS90002: Tenant '{tenant}' not found.";
        }

        if (form["client_id"] != ClientId)
        {
            return $"AADSTS700016: Application with identifier '{form["client_id"]}' was not found in the directory.";
        }

        if (form["grant_type"] != "client_credentials" || form["scope"] != Scope)
        {
            return $"AADSTS70011: The scope '{form["scope"]}' is not valid.";
        }

        if (Certificate is not { } certificate)
        {
            return Secret is not null && form["client_secret"] == Secret ? null : "AADSTS7000215: Invalid client secret provided.";
        }

        return form["client_assertion_type"] == "urn:ietf:params:oauth:client-assertion-type:jwt-bearer" && IsOurs(form["client_assertion"]!, certificate)
            ? null
            : "AADSTS700027: The certificate used to sign the client assertion is not registered on application.";
    }

    private bool IsOurs(string assertion, X509Certificate2 certificate)
    {
        var parts = assertion.Split('.');
        using var key = certificate.GetRSAPublicKey()!;
        using var header = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[0]));
        using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1]));
        string Says(string claim) => claims.RootElement.GetProperty(claim).ToString();
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        return header.RootElement.GetProperty("alg").GetString() == "PS256"
            && header.RootElement.GetProperty("x5t#S256").GetString() == Base64Url.EncodeToString(SHA256.HashData(certificate.RawData))
            && key.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256, RSASignaturePadding.Pss)
            && Says("aud") == $"{Authority}/{Tenant}/oauth2/v2.0/token"
            && Says("iss") == ClientId
            && Says("sub") == ClientId
            && long.Parse(Says("nbf"), System.Globalization.CultureInfo.InvariantCulture) <= now + 5
            && long.Parse(Says("exp"), System.Globalization.CultureInfo.InvariantCulture) > now
            && seen.TryAdd(Says("jti"), true);
    }
}

/// <summary>An app's certificate with its key in a file, made anew for a test.</summary>
internal sealed class AppCertificate : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("traininghub-app-").FullName;

    public AppCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=TrainingHub", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var whole = request.CreateSelfSigned(new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), new(2036, 1, 1, 0, 0, 0, TimeSpan.Zero));
        Public = X509CertificateLoader.LoadCertificate(whole.RawData);
        File.WriteAllBytes(Path, whole.Export(X509ContentType.Pkcs12, Password));
        File.WriteAllBytes(PublicPath, Public.Export(X509ContentType.Pkcs12, Password)!);
    }

    public string Path => System.IO.Path.Combine(folder, "app.pfx");

    /// <summary>A file of the same kind without the key.</summary>
    public string PublicPath => System.IO.Path.Combine(folder, "public.pfx");

    public string Password { get; } = Convert.ToHexString(RandomNumberGenerator.GetBytes(8));

    public X509Certificate2 Public { get; }

    public void Dispose()
    {
        Public.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}

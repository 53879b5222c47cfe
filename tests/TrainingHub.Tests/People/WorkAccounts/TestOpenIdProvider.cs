using System.Diagnostics;
using System.Net.Http.Json;
using System.Security.Cryptography;
using TrainingHub.Tests.House;

namespace TrainingHub.Tests.People;

/// <summary>Somebody of the provider.</summary>
/// <param name="Subject">How they sign in there, too.</param>
internal sealed record WorkPerson(string Subject, string Email, string Name, IReadOnlyList<string> Groups, bool IsClosed = false);

/// <summary>
/// A real OpenID provider (npm's oidc-provider, certified by the OpenID Foundation) in a process of its own, which ends with the test.
/// It can be told to misbehave.
/// </summary>
public sealed class TestOpenIdProvider : IAsyncDisposable
{
    private readonly Process node;
    private readonly HttpClient http;

    private TestOpenIdProvider(Process node, string issuer, string secret)
    {
        (this.node, Issuer, ClientSecret) = (node, issuer, secret);
        http = new() { BaseAddress = new Uri(issuer) };
    }

    public const string ClientId = "training-hub";

    public string Issuer { get; }

    public string ClientSecret { get; }

    /// <summary>What the application is set to, in the order key, value, key, value.</summary>
    public string[] Settings =>
    [
        "SingleSignOn:Authority", Issuer,
        "SingleSignOn:ClientId", ClientId,
        "SingleSignOn:ClientSecret", ClientSecret,
        "SingleSignOn:Roles:0", "coordinators = Coordinator",
        "SingleSignOn:Roles:1", "administrators = Administrator",
        "SingleSignOn:Roles:2", "money = Finance",
        "SingleSignOn:Roles:3", "dorset-group = LearningGroup for Dorset; BCP",
    ];

    public static async Task<TestOpenIdProvider> StartAsync()
    {
        var secret = Convert.ToHexString(RandomNumberGenerator.GetBytes(24));
        var folder = Path.Combine(SourceTree.Root, "tests", "openid-provider");
        if (!Directory.Exists(Path.Combine(folder, "node_modules", "oidc-provider")))
        {
            throw new InvalidOperationException("The provider is not installed: run npm ci in tests/openid-provider.");
        }

        var start = new ProcessStartInfo("node", "provider.mjs") { WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        (start.Environment["CLIENT_ID"], start.Environment["CLIENT_SECRET"]) = (ClientId, secret);
        var node = Process.Start(start) ?? throw new InvalidOperationException("node did not start.");
        // It warns of its own being for tests; nobody reads that, and a full pipe would stop it.
        node.ErrorDataReceived += (_, _) => { };
        node.BeginErrorReadLine();
        return new(node, await node.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The provider did not start."), secret);
    }

    /// <returns>Somebody new in these groups.</returns>
    internal Task<WorkPerson> AddAsync(params string[] groups)
    {
        var name = $"{Guid.NewGuid():N}";
        return SayAsync(new WorkPerson($"subject-{name}", $"work-{name}@council.example", "Wanda Worker", groups));
    }

    /// <summary>The provider knows them as this from now on.</summary>
    internal async Task<WorkPerson> SayAsync(WorkPerson person, params (string Claim, object? Value)[] more)
    {
        var claims = new Dictionary<string, object?> { ["email"] = person.Email, ["email_verified"] = true, ["name"] = person.Name, ["groups"] = person.Groups };
        foreach (var (claim, value) in more)
        {
            claims[claim] = value;
        }

        await TellAsync("person", new { sub = person.Subject, closed = person.IsClosed, claims });
        return person;
    }

    internal Task CloseAsync(WorkPerson person) => SayAsync(person with { IsClosed = true });

    /// <summary>What it does wrong from now on; nothing without a word.</summary>
    public Task FaultAsync(object? fault = null) => TellAsync("fault", fault ?? new { });

    /// <summary>Where the site is that it sends notices to.</summary>
    public Task SiteAsync(Uri site) => TellAsync("site", new { site = site.GetLeftPart(UriPartial.Authority) });

    /// <summary>Its clock shows this from now on, and goes on.</summary>
    public Task ClockAsync(TestClock clock) => TellAsync("clock", new { now = clock.Now.ToUnixTimeMilliseconds() });

    /// <returns>A notice that somebody has signed out, right but for what is given.</returns>
    public async Task<string> LogoutTokenAsync(object claims, string? typ = null) =>
        await (await http.PostAsJsonAsync("/test/logout-token", new { claims, typ })).Content.ReadAsStringAsync();

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        node.StandardInput.Close();
        await node.WaitForExitAsync();
        node.Dispose();
    }

    private async Task TellAsync(string what, object told) => (await http.PostAsJsonAsync($"/test/{what}", told)).EnsureSuccessStatusCode();
}

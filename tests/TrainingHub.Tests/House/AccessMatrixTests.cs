using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace TrainingHub.Tests.House;

/// <summary>
/// Every route of the running application is declared in <see cref="AccessMatrix"/>, and answers strangers as declared.
/// </summary>
public sealed class AccessMatrixTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public void Routes_AsTheyRun_AreExactlyThoseDeclared()
    {
        var running = Routes(app).Select(route => route.Pattern).ToHashSet();
        var declared = AccessMatrix.Routes.Keys.ToHashSet();

        Verdict.NoFaults(running.Except(declared).Select(route => $"not declared: {route}")
            .Concat(declared.Except(running).Select(route => $"declared, but gone: {route}")));
    }

    [Fact]
    public void Routes_ForStaffOnly_CarryAPolicyAndOthersDoNot()
    {
        var wrong = Routes(app)
            .Where(route => (AccessMatrix.Routes.GetValueOrDefault(route.Pattern) == Access.Staff) != IsGuarded(route.Endpoint))
            .Select(route => route.Pattern);

        Verdict.NoFaults(wrong);
    }

    [Fact]
    public async Task StaffRoutes_Stranger_IsSentToSignIn()
    {
        using var client = app.CreateClient(new() { AllowAutoRedirect = false, BaseAddress = new Uri("https://localhost") });

        foreach (var pattern in AccessMatrix.Routes.Where(route => route.Value == Access.Staff).Select(route => route.Key))
        {
            using var response = await client.GetAsync(AccessMatrix.Example(pattern), TestContext.Current.CancellationToken);
            Assert.True(
                response.StatusCode == HttpStatusCode.Redirect && response.Headers.Location!.PathAndQuery.StartsWith("/sign-in", StringComparison.Ordinal),
                $"{pattern} answers a stranger with {(int)response.StatusCode} {response.Headers.Location}");
        }
    }

    [Fact]
    public async Task Production_DemoRoutes_DoNotExist()
    {
        await using var production = await ProductionApp.StartAsync(app.ConnectionString);

        var routes = Routes(production).Select(route => route.Pattern).ToHashSet();

        Assert.Contains(AccessMatrix.Routes, route => route.Value == Access.DemoOnly);
        Assert.DoesNotContain(AccessMatrix.Routes, route => route.Value == Access.DemoOnly && routes.Contains(route.Key));
        Assert.DoesNotContain(routes, route => route.StartsWith("dev", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.NotFound, (await production.Browse().GetAsync("/dev")).Status);
    }

    private static bool IsGuarded(Endpoint endpoint) =>
        endpoint.Metadata.GetMetadata<IAuthorizeData>() is not null && endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null;

    private static IEnumerable<(string Pattern, Endpoint Endpoint)> Routes(TestApp application) =>
        application.Services.GetServices<EndpointDataSource>()
            .SelectMany(source => source.Endpoints)
            .OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<Microsoft.AspNetCore.StaticAssets.StaticAssetDescriptor>() is null)
            .Select(endpoint => (Name(endpoint), (Endpoint)endpoint))
            .DistinctBy(route => route.Item1);

    // A page answers GET and its own POST handlers; other endpoints name their methods.
    internal static string Name(RouteEndpoint endpoint)
    {
        var pattern = endpoint.RoutePattern.RawText?.TrimStart('/') ?? "";
        var methods = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Where(method => method != "HEAD").Order(StringComparer.Ordinal);
        return endpoint.Metadata.GetMetadata<PageActionDescriptor>() is not null || methods is null ? pattern : $"{string.Join(',', methods)} {pattern}";
    }
}

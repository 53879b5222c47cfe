using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace TrainingHub.Load.Hosting;

/// <summary>The least that the same web server can do: five bytes for every request, nothing in between.</summary>
internal static class HelloServer
{
    private static readonly byte[] Words = "hello"u8.ToArray();

    public static async Task RunAsync(int port)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        builder.WebHost.ConfigureKestrel(server => server.AddServerHeader = false);
        await using var app = builder.Build();
        app.Run(static context =>
        {
            context.Response.ContentType = "text/plain";
            context.Response.ContentLength = Words.Length;
            return context.Response.Body.WriteAsync(Words, 0, Words.Length);
        });
        await app.RunAsync();
    }
}

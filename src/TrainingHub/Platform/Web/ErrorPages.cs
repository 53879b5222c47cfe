using System.Net.Sockets;
using Npgsql;

namespace TrainingHub.Platform.Web;

/// <summary>Every refusal and every failure has a page of its own, at <c>/error/{code}</c>, under the address that was asked for.</summary>
internal static class ErrorPages
{
    public static void UseErrorPages(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandlingPath = "/error/500",
            StatusCodeSelector = StatusOf,
            AllowStatusCode404Response = true,
        });
        app.UseStatusCodePagesWithReExecute("/error/{0}");
    }

    /// <summary>A body that breaks off is the client's 400 or 413; a database that cannot be reached is 503; else 500.</summary>
    public static int StatusOf(Exception e) => e switch
    {
        BadHttpRequestException bad => bad.StatusCode,
        PostgresException { IsTransient: false } => StatusCodes.Status500InternalServerError,
        NpgsqlException { IsTransient: true } or SocketException or TimeoutException => StatusCodes.Status503ServiceUnavailable,
        { InnerException: { } inner } => StatusOf(inner),
        _ => StatusCodes.Status500InternalServerError,
    };
}

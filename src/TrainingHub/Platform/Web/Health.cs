using Microsoft.AspNetCore.Mvc;
using Npgsql;

namespace TrainingHub.Platform.Web;

/// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: and so does the database, within two seconds.</summary>
internal static class Health
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    public static void MapHealth(this WebApplication app)
    {
        app.MapMethods("/health/live", Reading, () => Results.Text("live"))
            .AllowAnonymous().WithMetadata(new SkipStatusCodePagesAttribute());
        app.MapMethods("/health/ready", Reading, ReadyAsync)
            .AllowAnonymous().WithMetadata(new SkipStatusCodePagesAttribute());
    }

    private static async Task<IResult> ReadyAsync(NpgsqlDataSource database, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(TimeSpan.FromSeconds(2));
        try
        {
            await using var command = database.CreateCommand("select 1");
            await command.ExecuteScalarAsync(limit.Token);
            return Results.Text("ready");
        }
        catch (Exception e) when (e is NpgsqlException or OperationCanceledException)
        {
            return Results.Text("the database does not answer", statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }
}

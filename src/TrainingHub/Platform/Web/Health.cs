using Microsoft.AspNetCore.Mvc;
using Npgsql;
using TrainingHub.Platform.Data;
using TrainingHub.Platform.Email;

namespace TrainingHub.Platform.Web;

/// <summary>
/// <c>/health/live</c>: the process answers. <c>/health/ready</c>: and so does the database, within two seconds. That emails wait is
/// said there too; the pages work without.
/// </summary>
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

    private static async Task<IResult> ReadyAsync(DatabaseWatch watch, NpgsqlDataSource database, CancellationToken ct)
    {
        if (!await watch.AnswersAsync(ct))
        {
            return Results.Text("the database does not answer", statusCode: StatusCodes.Status503ServiceUnavailable);
        }

        return Results.Text(await MailStop.ReadAsync(database, ct) is null ? "ready" : "ready, but emails wait: the mail server does not accept them");
    }
}

using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Npgsql;
using TrainingHub.Platform.Web;

namespace TrainingHub.Attendance.Pages;

/// <summary>What a program needs to verify a badge: who issues them, and the public keys, also those that were retired.</summary>
internal static class BadgeEndpoints
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    public static void MapBadgeEndpoints(this WebApplication app)
    {
        var group = app.MapGroup("").AllowAnonymous();
        group.MapMethods(CertificateUrls.Issuer, Reading, (IOptions<SiteOptions> site) => Results.Text(OpenBadge.Issuer(site.Value).ToJsonString(), "application/json"));
        group.MapMethods(CertificateUrls.Keys, Reading, async (NpgsqlDataSource database, CancellationToken ct) =>
            Results.Text(new JsonObject { ["keys"] = new JsonArray([.. await KeysAsync(database, null, ct)]) }.ToJsonString(), "application/jwk-set+json"));
        group.MapMethods(CertificateUrls.Keys + "/{id}", Reading, async (string id, NpgsqlDataSource database, CancellationToken ct) =>
            await KeysAsync(database, id, ct) is [{ } key] ? Results.Text(key.ToJsonString(), "application/jwk+json") : Results.NotFound());
    }

    private static async Task<List<JsonNode?>> KeysAsync(NpgsqlDataSource database, string? id, CancellationToken ct)
    {
        await using var find = database.CreateCommand("select public_key from badge_keys where $1 is null or id = $1 order by created_at, id");
        find.Parameters.Add(new NpgsqlParameter { Value = (object?)id ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text });
        await using var rows = await find.ExecuteReaderAsync(ct);
        var keys = new List<JsonNode?>();
        while (await rows.ReadAsync(ct))
        {
            keys.Add(JsonNode.Parse(rows.GetString(0)));
        }

        return keys;
    }
}

using System.Text;
using Npgsql;
using TrainingHub.Platform.Commands;
using TrainingHub.Platform.Web;

namespace TrainingHub.Reporting;

internal static class ReportingFeature
{
    public static void AddReporting(this IServiceCollection services)
    {
        services.AddVerb<ReportVerb>();
        services.AddVerb<AuditVerb>();
    }

    public static void MapReporting(this WebApplication app)
    {
        foreach (var name in Reports.Names)
        {
            app.MapGet(ReportingUrls.Csv(name, ""), (HttpRequest request, TrainingHubDb db, NpgsqlDataSource database, TimeProvider clock, CancellationToken ct) =>
                DownloadAsync(name, request.Query, db, database, clock, ct)).RequireAuthorization(StaffArea.Policy);
        }
    }

    private static async Task<IResult> DownloadAsync(
        string name, IQueryCollection query, TrainingHubDb db, NpgsqlDataSource database, TimeProvider clock, CancellationToken ct)
    {
        var asked = new ReportQuery(query["year"], query["from"], query["to"], query["area"], query["course"], query["sector"]);
        var (filter, errors) = await ReportFilter.ReadAsync(db, asked, ct);
        if (filter is null)
        {
            return Results.Text(string.Join('\n', errors.Select(error => $"{error.Name}: {error.Message}")), statusCode: StatusCodes.Status400BadRequest);
        }

        var table = await Reports.ReadAsync(name, db, database, filter, clock.GetUtcNow(), ct);

        // The mark tells spreadsheets that the file is UTF-8.
        byte[] file = [.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(table.ToCsv())];
        return Results.File(file, "text/csv; charset=utf-8", $"{name}.csv");
    }
}

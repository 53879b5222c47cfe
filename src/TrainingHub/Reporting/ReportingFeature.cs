using System.Security.Claims;
using Npgsql;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Commands;
using TrainingHub.Platform.Files;
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
            Map(app, ReportingUrls.Csv(name, ""), name, (table, _) => Task.FromResult(Results.File(table.ToCsvFile(), "text/csv; charset=utf-8", $"{name}.csv")));
            Map(app, ReportingUrls.Workbook(name, ""), name, async (table, ct) =>
                Results.File(await table.ToWorkbookAsync(name, ct), WorkbookWriter.ContentType, $"{name}.xlsx"));
        }
    }

    private static void Map(WebApplication app, string address, string name, Func<TextTable, CancellationToken, Task<IResult>> write) =>
        app.MapGet(address, (HttpRequest request, ClaimsPrincipal user, TrainingHubDb db, NpgsqlDataSource database, TimeProvider clock, CancellationToken ct) =>
            DownloadAsync(name, request.Query, user.OnlyAreas(), db, database, clock, write, ct)).RequireAuthorization(StaffArea.Policy).RequireAuthorization(Readers(name)).RequireStepUp();

    // As the page of the report.
    private static ForStaffAttribute Readers(string name) => name switch
    {
        "income" => new(StaffRight.ReadMoney),
        Reports.Impact or Reports.Moments => new(StaffRight.ReadResults, StaffRight.ReadAreaResults),
        _ => new(StaffRight.ReadResults),
    };

    private static async Task<IResult> DownloadAsync(
        string name, IQueryCollection query, IReadOnlyList<Guid>? onlyAreas, TrainingHubDb db, NpgsqlDataSource database, TimeProvider clock,
        Func<TextTable, CancellationToken, Task<IResult>> write, CancellationToken ct)
    {
        var asked = new ReportQuery(query["year"], query["from"], query["to"], query["area"], query["course"], query["sector"], query["by"]);
        var (filter, errors) = await ReportFilter.ReadAsync(db, name, asked, ct, onlyAreas);
        if (filter is null)
        {
            return Results.Text(string.Join('\n', errors.Select(error => $"{error.Name}: {error.Message}")), statusCode: StatusCodes.Status400BadRequest);
        }

        return await write(await Reports.ReadAsync(name, db, database, filter, clock.GetUtcNow(), ct), ct);
    }
}

using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TrainingHub.Platform.Files;
using TrainingHub.Reporting;

namespace TrainingHub.Desk.Pages;

/// <summary>A list as a download: all its rows as they are filtered and sorted.</summary>
internal static class ListFile
{
    public static FileContentResult Csv(this PageModel page, ReportTable table, string name) =>
        page.File(table.ToCsvFile(), "text/csv; charset=utf-8", $"{name}.csv");

    public static async Task<FileContentResult> WorkbookAsync(this PageModel page, ReportTable table, string name, CancellationToken ct) =>
        page.File(await table.ToWorkbookAsync(name, ct), WorkbookWriter.ContentType, $"{name}.xlsx");

    /// <summary>A handler of this page, such as "Csv", with all that is filtered and sorted by.</summary>
    public static string Url(HttpRequest request, string handler) => Address(request, [new("handler", handler)]);

    /// <summary>This page as it was, after an act on one of its rows.</summary>
    public static string Url(HttpRequest request) => Address(request, []);

    private static string Address(HttpRequest request, IEnumerable<KeyValuePair<string, string?>> more) => request.PathBase + request.Path + QueryString.Create(
        [.. request.Query.Where(pair => pair.Key != "handler").SelectMany(pair => pair.Value.Select(value => KeyValuePair.Create(pair.Key, value))), .. more]);
}

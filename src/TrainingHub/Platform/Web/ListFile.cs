using Microsoft.AspNetCore.Mvc;
using TrainingHub.Platform.Files;

namespace TrainingHub.Platform.Web;

/// <summary>
/// A list of staff as a file: the address of the list, filters and order kept, with <c>file=csv</c> or <c>file=xlsx</c>. It holds
/// all pages of the list, up to <see cref="MostRows"/> rows.
/// </summary>
internal static class ListFile
{
    public const string Parameter = "file";
    public const int MostRows = 50_000;

    private static readonly string[] Kinds = ["csv", "xlsx"];

    /// <summary>Whether the address asks for a file instead of the page.</summary>
    public static bool IsWanted(HttpRequest request) => Kinds.Contains(request.Query[Parameter].ToString());

    /// <param name="request">One that wants a file.</param>
    /// <param name="name">Of the file, without its ending.</param>
    /// <param name="table">The rows; a number is written plain, a day as 2027-03-27.</param>
    /// <param name="ct">To stop.</param>
    public static async Task<FileContentResult> AnswerAsync(HttpRequest request, string name, TextTable table, CancellationToken ct) =>
        request.Query[Parameter] == "xlsx"
            ? new(await table.ToWorkbookAsync(name, ct), WorkbookWriter.ContentType) { FileDownloadName = $"{name}.xlsx" }
            : new(table.ToCsvFile(), "text/csv; charset=utf-8") { FileDownloadName = $"{name}.csv" };
}

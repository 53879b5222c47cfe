using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Mvc;
using TrainingHub.Platform.Files;
using TrainingHub.Platform.Web.TagHelpers;

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

    /// <summary>The file, once history says who took it: which list and how many rows, and never what was looked for, which may be a name.</summary>
    /// <param name="request">One that wants a file.</param>
    /// <param name="name">Of the file, without its ending.</param>
    /// <param name="table">The rows; a number is written plain, a day as 2027-03-27.</param>
    /// <param name="ct">To stop.</param>
    public static async Task<FileContentResult> AnswerAsync(HttpRequest request, string name, TextTable table, CancellationToken ct)
    {
        var isWorkbook = request.Query[Parameter] == "xlsx";
        await NoteAsync(request, name, $"{(isWorkbook ? "Excel" : "CSV")} file of {(table.Rows.Count == 1 ? "1 row" : $"{table.Rows.Count:N0} rows")}", ct);
        return isWorkbook
            ? new(await table.ToWorkbookAsync(name, ct), WorkbookWriter.ContentType) { FileDownloadName = $"{name}.xlsx" }
            : new(table.ToCsvFile(), "text/csv; charset=utf-8") { FileDownloadName = $"{name}.csv" };
    }

    private static async Task NoteAsync(HttpRequest request, string name, string what, CancellationToken ct)
    {
        // Not on the page's own connection: a list may be read in a transaction that the page does not commit.
        await using var scope = request.HttpContext.RequestServices.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TrainingHubDb>();
        var part = request.Query.Any(pair => pair.Key is not (Parameter or SortTagHelper.Parameter) && pair.Value != "") ? ", a part of the list" : "";
        HistoryEntry.Add<TakenList>(
            db, TakenList.IdOf(name), Actor.Of(request.HttpContext.User), $"List of {name.Replace('-', ' ')} downloaded", [],
            scope.ServiceProvider.GetRequiredService<TimeProvider>().GetUtcNow(), what + part);
        await db.SaveChangesAsync(ct);
    }
}

/// <summary>What history says was taken away as a file: a list, which is the same record each time.</summary>
internal sealed record TakenList
{
    public static Guid IdOf(string name) => new(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16));
}

using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;
using TrainingHub.Platform.Files;
using TrainingHub.Platform.Web;

namespace TrainingHub.Desk.Pages.Staff;

/// <summary>Everything that staff and the program did, in one list.</summary>
[ForStaff(StaffRight.ReadHistory)]
internal sealed class AllHistoryModel(TrainingHubDb db) : PageModel
{
    private const int PageSize = 50;
    private const string OldestFirst = "when";

    private static readonly string[] Columns = ["when", "who", "what", "record", "act", "note", "changes", "entry", "seal"];

    internal sealed record Row(HistoryEntry Entry, string Kind, HistoryRecord? Record);

    [BindProperty(SupportsGet = true)]
    public string? Who { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Kind { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateOnly? From { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateOnly? Until { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    /// <summary>The address of the page before and of the one after; null where there is none.</summary>
    public string? Before { get; private set; }
    public string? After { get; private set; }

    public bool IsFiltered { get; private set; }

    public IReadOnlyList<SelectListItem> People { get; private set; } = [];

    public static IReadOnlyList<SelectListItem> Kinds { get; } =
        [new("Anything", ""), .. HistoryRecords.Kinds.Select(kind => new SelectListItem(kind.Words, kind.Type))];

    public async Task<IActionResult> OnGetAsync(string? after, string? before, string? sort, CancellationToken ct)
    {
        var search = new HistorySearch(Who, Kind, From, Until, Q, sort == OldestFirst);
        IsFiltered = search.IsFiltered;
        People =
        [
            new("Anybody", ""),
            .. await db.Users.AsNoTracking().OrderBy(user => user.Name).ThenBy(user => user.Id).Select(user => new SelectListItem(user.Name, user.Id.ToString())).ToListAsync(ct),
            new("Nobody signed in", HistorySearch.Program),
        ];
        if (!ModelState.IsValid)
        {
            return Page();
        }

        var found = await search.OfAsync(db, ct);
        if (ListFile.IsWanted(Request))
        {
            return await ListFile.AnswerAsync(Request, "history", await TableAsync(search.Ordered(found, null, backwards: false).Take(ListFile.MostRows), ct), ct);
        }

        var (next, previous) = (HistoryKey.Parse(after), HistoryKey.Parse(before));
        var isBack = next is null && previous is not null;
        var entries = await search.Ordered(found, next ?? previous, isBack).Take(PageSize + 1).ToListAsync(ct);
        var hasMore = entries.Count > PageSize;
        entries = entries[..Math.Min(entries.Count, PageSize)];
        if (isBack)
        {
            entries.Reverse();
        }

        Rows = await RowsAsync(entries, ct);
        if (entries.Count > 0)
        {
            Before = isBack ? hasMore ? Address("before", entries[0]) : null : next is null ? null : Address("before", entries[0]);
            After = isBack || hasMore ? Address("after", entries[^1]) : null;
        }

        return Page();
    }

    private async Task<List<Row>> RowsAsync(List<HistoryEntry> entries, CancellationToken ct)
    {
        var records = await HistoryRecords.FindAsync(db, entries, ct);
        return entries.ConvertAll(entry => new Row(entry, HistoryRecords.KindWords(entry.RecordType), records.GetValueOrDefault((entry.RecordType, entry.RecordId))));
    }

    private string Address(string direction, HistoryEntry edge)
    {
        var query = new QueryBuilder(Request.Query.Where(pair => pair.Key is not ("after" or "before")));
        query.Add(direction, HistoryKey.Of(edge).Words);
        return Request.PathBase + Request.Path + query.ToQueryString();
    }

    // Without the names of records, which are of today and may be those of people; the file stays for ever.
    private async Task<TextTable> TableAsync(IQueryable<HistoryEntry> entries, CancellationToken ct)
    {
        var all = await entries.ToListAsync(ct);
        var seals = await HistorySeal.OfAsync(db, [.. all.Select(entry => entry.Id)], ct);
        return new(Columns, [.. all.Select(entry => new[]
        {
            London.At(entry.At).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), entry.Actor, HistoryRecords.KindWords(entry.RecordType),
            entry.RecordId.ToString(), entry.Act, entry.Note ?? "",
            string.Join("; ", entry.Changes.Select(change => $"{change.What}: {change.Before ?? "nothing"} → {change.After ?? "nothing"}")),
            seals.GetValueOrDefault(entry.Id)?.Number.ToString(CultureInfo.InvariantCulture) ?? "", seals.GetValueOrDefault(entry.Id)?.Words ?? "",
        })]);
    }
}

using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TrainingHub.Platform.Jobs;
using TrainingHub.Platform.Web.TagHelpers;

namespace TrainingHub.Platform.Web;

/// <summary>A row that was ticked in a list.</summary>
/// <param name="Id">Of the record, as the list sent it.</param>
/// <param name="Words">What it is called.</param>
/// <param name="Address">Of its page, without the host; null when it has none.</param>
/// <param name="Facts">What else stands in its row before anything is done, one for each further of <see cref="TickedPage.Columns"/>.</param>
/// <param name="WhyNot">Why nothing can be done with it, a sentence without its stop; null when something can.</param>
internal sealed record TickedRow(Guid Id, string Words, string? Address, IReadOnlyList<string> Facts, string? WhyNot = null);

/// <summary>
/// What the pages share that do one thing to the ticked rows of a list (<see cref="TickedTagHelper"/>): first what would happen to each,
/// then the act, row by row, each in a transaction of its own. What could not be done is named with its reason beside what was; a
/// second click finds the rows done and says so.
/// </summary>
/// <param name="db">Emptied of what it has read before each row.</param>
/// <param name="list">The address of the list.</param>
internal abstract partial class TickedPage(TrainingHubDb db, string list) : PageModel
{
    /// <summary>At once: no list has longer pages.</summary>
    public const int Most = 100;

    public const string Gone = "It is not there any more";

    [BindProperty(SupportsGet = true, Name = TickTagHelper.Parameter)]
    public List<Guid> Ids { get; set; } = [];

    /// <summary>What the list is called: "Invoices".</summary>
    public abstract string ListName { get; }

    /// <summary>The headings: of the names of the rows, then of <see cref="TickedRow.Facts"/>.</summary>
    public abstract IReadOnlyList<string> Columns { get; }

    public string List { get; } = list;

    protected TrainingHubDb Db => db;

    /// <summary>Something can be done with these.</summary>
    public IReadOnlyList<TickedRow> Ready { get; private set; } = [];

    /// <summary>Nothing was, or can be, done with these.</summary>
    public IReadOnlyList<TickedRow> Refused { get; private set; } = [];

    /// <summary>Null until something was tried.</summary>
    public IReadOnlyList<TickedRow>? Done { get; private set; }

    /// <summary>"3 invoices are recorded as paid."</summary>
    public abstract string DoneWords(int count);

    /// <summary>The rows that are there, in the order of the list.</summary>
    protected abstract Task<IReadOnlyList<TickedRow>> ReadAsync(IReadOnlyList<Guid> ids, CancellationToken ct);

    /// <summary>Looks at the row once more, under lock, and does it.</summary>
    /// <returns>Why not; null when it is done.</returns>
    protected abstract Task<string?> ActAsync(TickedRow row, CancellationToken ct);

    /// <summary>What stands in the fields that go with the act at first.</summary>
    protected virtual void Propose()
    {
    }

    /// <summary>Looks at the fields that go with the act.</summary>
    protected virtual void Check()
    {
    }

    public async Task OnGetAsync(CancellationToken ct)
    {
        // What the address holds besides ids is no row.
        ModelState.Clear();
        Propose();
        await PrepareAsync(ct);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        await PrepareAsync(ct);
        Check();
        if (!ModelState.IsValid || (Ready.Count == 0 && Refused.Count == 0))
        {
            return Page();
        }

        var (done, refused) = (new List<TickedRow>(), Refused.ToList());
        foreach (var row in Ready)
        {
            if (await TryAsync(row, ct) is { } why)
            {
                refused.Add(row with { WhyNot = why });
            }
            else
            {
                done.Add(row);
            }
        }

        if (refused.Count == 0)
        {
            TempData["Success"] = DoneWords(done.Count);
            return Redirect("~" + List);
        }

        (Ready, Done, Refused) = ([], done, refused);
        return Page();
    }

    // What one row meets is told beside it: the others are done, and their reader has to know which.
    private async Task<string?> TryAsync(TickedRow row, CancellationToken ct)
    {
        // What an earlier row read, or could not save, is nothing to this one.
        db.ChangeTracker.Clear();
        try
        {
            return await ActAsync(row, ct);
        }
        catch (Exception failure) when (RowFailures.IsOfOneRow(failure))
        {
            LogFailed(HttpContext.RequestServices.GetRequiredService<ILogger<TickedPage>>(), failure, row.Id);
            return "Something went wrong with it on this site. Look at it, and try again";
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Row {RecordId} of several could not be done; the person who sent them was told")]
    private static partial void LogFailed(ILogger logger, Exception failure, Guid recordId);

    private async Task PrepareAsync(CancellationToken ct)
    {
        var ids = Ids.Distinct().Take(Most).ToList();
        var rows = await ReadAsync(ids, ct);
        var gone = ids.Except(rows.Select(row => row.Id)).Select(id => new TickedRow(id, "A ticked row", Address: null, Facts: [], Gone));
        Ready = [.. rows.Where(row => row.WhyNot is null)];
        Refused = [.. rows.Where(row => row.WhyNot is not null), .. gone];
    }
}

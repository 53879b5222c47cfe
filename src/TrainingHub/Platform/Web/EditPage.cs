using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace TrainingHub.Platform.Web;

/// <summary>The page of one record that staff edit: reads it with its history, and says how an act on it ended. At "new" there is none yet.</summary>
internal abstract class EditPage<T>(TrainingHubDb db) : PageModel
    where T : class, IEdited
{
    protected TrainingHubDb Db { get; } = db;

    /// <summary>Null for a new one.</summary>
    public T? Record { get; private set; }

    public IReadOnlyList<HistoryEntry> History { get; private set; } = [];

    /// <summary>What somebody else did while the form was open, the last first.</summary>
    public IReadOnlyList<HistoryEntry> Since { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken ct) => await ReadAsync(id, ct) ? Page() : NotFound();

    /// <summary>Where it is shown.</summary>
    protected abstract string UrlOf(Guid id);

    /// <summary>Reads what the page shows beside the record, and fills the form with what is stored.</summary>
    protected abstract Task ShowAsync(T? found, CancellationToken ct);

    /// <summary>Says that another record has the name.</summary>
    protected abstract PageResult RefuseName();

    /// <returns>False when there is no such record.</returns>
    protected virtual async Task<bool> ReadAsync(string id, CancellationToken ct)
    {
        if (id != Edit.New)
        {
            if (!Guid.TryParse(id, out var known) || await FindAsync(known, ct) is not { } found)
            {
                return false;
            }

            Record = found;
            History = await HistoryEntry.AboutAsync(Db, [known], ct);
        }

        await ShowAsync(Record, ct);
        return true;
    }

    /// <summary>After an act that needs no form.</summary>
    protected async Task<IActionResult> ActedAsync(EditOutcome outcome, Guid id, int version, string done, CancellationToken ct) =>
        await ReadAsync($"{id}", ct) ? await AnswerAsync(outcome, id, version, done, ct) : NotFound();

    protected async Task<IActionResult> AnswerAsync(EditOutcome outcome, Guid id, int version, string done, CancellationToken ct) => outcome switch
    {
        EditOutcome.Saved => Done(id, done),
        EditOutcome.Unknown => NotFound(),
        EditOutcome.NameTaken => RefuseName(),
        EditOutcome.ChangedSince => await TellAsync(id, version, ct),
    };

    protected PageResult Refuse(string key, string words)
    {
        ModelState.AddModelError(key, words);
        return Page();
    }

    private RedirectResult Done(Guid id, string done)
    {
        TempData["Success"] = done;
        return Redirect(UrlOf(id));
    }

    private async Task<PageResult> TellAsync(Guid id, int version, CancellationToken ct)
    {
        Record = await FindAsync(id, ct);
        Since = Record is null ? [] : await Edit.SinceAsync<T>(Db, id, version, ct);
        return Refuse("", EditWords.ChangedSince(Since));
    }

    private Task<T?> FindAsync(Guid id, CancellationToken ct) => Db.Set<T>().AsNoTracking().SingleOrDefaultAsync(record => record.Id == id, ct);
}
